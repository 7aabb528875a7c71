package control

import (
	"errors"
	"fmt"
	"net/http"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"example.test/kube/fleet"
)

func TestStatusOfErrors(t *testing.T) {
	tests := map[string]struct {
		err  error
		want int
	}{
		"the caller's":        {failure{http.StatusBadRequest, errors.New("no JSON")}, http.StatusBadRequest},
		"the API server's":    {fmt.Errorf("Pod a/b: %w", apierrors.NewNotFound(schema.GroupResource{Resource: "pods"}, "b")), http.StatusNotFound},
		"of a taken name":     {fmt.Errorf("node-1: %w", fleet.ErrExists), http.StatusConflict},
		"that nobody expects": {errors.New("disk full"), http.StatusInternalServerError},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := statusOf(test.err); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}
