package main

import (
	"encoding/json"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
)

func init() {
	register("quantity.parse", quantityParse)
	register("quantity.new", quantityNew)
	register("quantity.add", func(in operands) (any, error) { return in.combine((*resource.Quantity).Add) })
	register("quantity.sub", func(in operands) (any, error) { return in.combine((*resource.Quantity).Sub) })
	register("quantity.cmp", quantityCmp)
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

// quantityNew is resource.NewQuantity. The value may be written as a JSON number or as a string.
func quantityNew(in struct {
	Value  json.Number
	Format resource.Format
}) (any, error) {
	value, err := in.Value.Int64()
	if err != nil {
		return nil, err
	}
	return struct {
		String string `json:"string"`
	}{resource.NewQuantity(value, in.Format).String()}, nil
}

// operands are the two quantities of a sum, a difference or a comparison, as a user writes them.
type operands struct{ A, B string }

func (in operands) parse() (a, b resource.Quantity, err error) {
	if a, err = resource.ParseQuantity(in.A); err == nil {
		b, err = resource.ParseQuantity(in.B)
	}
	return a, b, err
}

// combine applies Quantity.Add or Quantity.Sub, which change their receiver.
func (in operands) combine(apply func(*resource.Quantity, resource.Quantity)) (any, error) {
	a, b, err := in.parse()
	if err != nil {
		return nil, err
	}
	apply(&a, b)
	return struct {
		String string          `json:"string"`
		Format resource.Format `json:"format"`
	}{a.String(), a.Format}, nil
}

func quantityCmp(in operands) (any, error) {
	a, b, err := in.parse()
	if err != nil {
		return nil, err
	}
	return struct {
		Cmp int `json:"cmp"`
	}{a.Cmp(b)}, nil
}

// decimal writes an int64 the way the protocol carries them.
func decimal(value int64) string { return strconv.FormatInt(value, 10) }
