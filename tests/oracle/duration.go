package main

import "time"

func init() {
	register("duration.parse", durationParse)
}

// durationParse is time.ParseDuration and Duration.String.
func durationParse(in struct{ Input string }) (any, error) {
	d, err := time.ParseDuration(in.Input)
	if err != nil {
		return nil, err
	}
	return struct {
		Nanoseconds string `json:"nanoseconds"`
		String      string `json:"string"`
	}{decimal(d.Nanoseconds()), d.String()}, nil
}
