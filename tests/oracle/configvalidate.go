package main

import (
	"encoding/json"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/kubelet/apis/config/validation"
)

func init() {
	register("config.validate", configValidate)
}

// configValidate is validation.ValidateKubeletConfiguration of the defaults with some fields set, by their Go names.
func configValidate(in struct{ Set json.RawMessage }) (any, error) {
	config, err := defaultConfiguration()
	if err != nil {
		return nil, err
	}
	if len(in.Set) > 0 {
		if err := json.Unmarshal(in.Set, config); err != nil {
			return nil, err
		}
	}
	answer := struct {
		Error string `json:"error"`
	}{}
	if err := validation.ValidateKubeletConfiguration(config, utilfeature.DefaultFeatureGate); err != nil {
		answer.Error = err.Error()
	}
	return answer, nil
}
