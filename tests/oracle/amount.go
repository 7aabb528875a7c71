package main

import (
	"bytes"
	"fmt"
	"strconv"
	"time"

	"k8s.io/apimachinery/pkg/api/resource"
)

// amount is a number of bytes, inodes or processes as the statistics carry it. It is written as a number or, where a
// user would write one, as a quantity. Negative numbers wrap around as they do upstream.
type amount uint64

// UnmarshalJSON is part of json.Unmarshaler.
func (a *amount) UnmarshalJSON(text []byte) error {
	if !bytes.HasPrefix(text, []byte{'"'}) {
		return a.number(string(text))
	}
	var quantity resource.Quantity
	if err := quantity.UnmarshalJSON(text); err != nil {
		return err
	}
	*a = amount(quantity.Value())
	return nil
}

func (a *amount) number(text string) error {
	if value, err := strconv.ParseUint(text, 10, 64); err == nil {
		*a = amount(value)
		return nil
	}
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("not an amount: %s", text)
	}
	*a = amount(value)
	return nil
}

// pointer is the amount as the statistics carry it; nil where none is known.
func (a *amount) pointer() *uint64 { return (*uint64)(a) }

// signed is the amount as the statistics carry a number of processes; nil where none is known.
func (a *amount) signed() *int64 {
	if a == nil {
		return nil
	}
	value := int64(*a)
	return &value
}

// goDuration is a duration as Go writes it.
type goDuration time.Duration

// UnmarshalText is part of encoding.TextUnmarshaler. An empty text is no time at all.
func (d *goDuration) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	duration, err := time.ParseDuration(string(text))
	*d = goDuration(duration)
	return err
}
