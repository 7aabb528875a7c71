package kubelet

import (
	"bufio"
	"encoding/json"
	"os"

	"github.com/go-logr/logr"
	logsapi "k8s.io/component-base/logs/api/v1"
	"k8s.io/klog/v2"

	"example.test/oracle/anyhost"
)

// ChildCommand as the first argument makes a process answer questions about kubelets, see RunChild.
const ChildCommand = "kubelet-starts"

// answers is the file descriptor on which a child answers: upstream may print to any of the usual ones.
const answers = 3

// RunChild answers questions, a JSON line each, until there are no more. Kubelets change what is global to a process,
// and some of their arguments end it: the questions of one child must be such that this makes no difference.
func RunChild() error {
	beQuiet()
	logsapi.ReapplyHandling = logsapi.ReapplyHandlingIgnoreUnchanged
	anyhost.UseManyContainerManagers()
	questions := bufio.NewReader(os.Stdin)
	encoder := json.NewEncoder(os.NewFile(answers, "answers"))
	for decoder := json.NewDecoder(questions); decoder.More(); {
		var question Question
		if err := decoder.Decode(&question); err != nil {
			return err
		}
		if err := encoder.Encode(start(question)); err != nil {
			return err
		}
	}
	return nil
}

// beQuiet makes upstream log nothing: its logs belong to no node.
func beQuiet() { klog.SetLogger(logr.Discard()) }
