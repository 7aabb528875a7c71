package main

import (
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
)

func init() {
	register("quantity.parse", quantityParse)
}

// quantityParse is resource.ParseQuantity and the accessors of its result.
func quantityParse(in struct{ Input string }) (any, error) {
	q, err := resource.ParseQuantity(in.Input)
	if err != nil {
		return struct {
			OK    bool   `json:"ok"`
			Error string `json:"error"`
		}{false, err.Error()}, nil
	}
	return struct {
		OK         bool            `json:"ok"`
		String     string          `json:"string"`
		Format     resource.Format `json:"format"`
		Value      string          `json:"value"`
		MilliValue string          `json:"milliValue"`
	}{true, q.String(), q.Format, decimal(q.Value()), decimal(q.MilliValue())}, nil
}

// decimal writes an int64 the way the protocol carries them.
func decimal(value int64) string { return strconv.FormatInt(value, 10) }
