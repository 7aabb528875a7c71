package control

import (
	"net/http"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"example.test/kube/fleet"
)

// postNode lets a machine join, as a scenario describes it.
func (s *Server) postNode(r *http.Request) (any, error) {
	var plan fleet.NodePlan
	if err := read(r, &plan); err != nil {
		return nil, err
	}
	if err := s.fleet.Add(whole(r), []fleet.NodePlan{plan}); err != nil {
		return nil, err
	}
	return created{describe(s.fleet.Machine(plan.Plan.Name))}, nil
}

func (s *Server) deleteNode(r *http.Request) (any, error) {
	machine, err := s.machine(r)
	if err != nil {
		return nil, err
	}
	return nil, s.fleet.Remove(whole(r), machine)
}

// postObjects creates objects in order, as a scenario does, and says how much memory pods among them use. Pods run once
// their kubelets have let them in.
func (s *Server) postObjects(r *http.Request) (any, error) {
	var given struct {
		Objects []map[string]any   `json:"objects"`
		PodUse  map[string]float64 `json:"podUse"`
	}
	if err := read(r, &given); err != nil {
		return nil, err
	}
	s.fleet.SetPodUse(given.PodUse)
	made := []*unstructured.Unstructured{}
	for _, object := range given.Objects {
		object, err := s.loader.Create(whole(r), object)
		if err != nil {
			return nil, err
		}
		made = append(made, object)
	}
	return created{made}, nil
}

func (s *Server) deletePod(r *http.Request) (any, error) {
	return nil, s.fleet.RemovePod(whole(r), r.PathValue("namespace"), r.PathValue("name"))
}
