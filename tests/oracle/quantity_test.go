package main

import "testing"

func TestQuantities(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"quantity.parse","input":"0.1Mi"}`,
		`{"id":2,"op":"quantity.parse","input":"-0.1n"}`,
		`{"id":3,"op":"quantity.parse","input":"1.500"}`,
		`{"id":4,"op":"quantity.parse","input":"1GiB"}`,
		`{"id":5,"op":"quantity.parse","input":"1K"}`,
		`{"id":6,"op":"quantity.parse","input":"16Ei"}`,
		`{"id":7,"op":"quantity.new","value":"16599060480","format":"BinarySI"}`,
		`{"id":8,"op":"quantity.new","value":-5,"format":"DecimalSI"}`,
		`{"id":9,"op":"quantity.add","a":"0","b":"1Gi"}`,
		`{"id":10,"op":"quantity.sub","a":"1","b":"1Gi"}`,
		`{"id":11,"op":"quantity.cmp","a":"1Ki","b":"1k"}`,
	),
		`{"id":1,"ok":true,"string":"104857600m","format":"BinarySI","value":"104858","milliValue":"104857600"}`,
		`{"id":2,"ok":true,"string":"-1n","format":"DecimalSI","value":"1","milliValue":"1"}`,
		`{"id":3,"ok":true,"string":"1.500","format":"DecimalSI","value":"2","milliValue":"1500"}`,
		`{"id":4,"ok":false,"error":"quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"}`,
		`{"id":5,"ok":false,"error":"unable to parse quantity's suffix"}`,
		`{"id":6,"ok":true,"string":"9223372036854775807","format":"BinarySI","value":"9223372036854775807","milliValue":"-1000"}`,
		`{"id":7,"string":"16210020Ki"}`,
		`{"id":8,"string":"-5"}`,
		`{"id":9,"string":"1Gi","format":"BinarySI"}`,
		`{"id":10,"string":"-1073741823","format":"DecimalSI"}`,
		`{"id":11,"cmp":1}`)
}

func TestDurations(t *testing.T) {
	expectLines(t, served(t,
		`{"id":1,"op":"duration.parse","input":"1.5h"}`,
		`{"id":2,"op":"duration.parse","input":"1m30s"}`,
		`{"id":3,"op":"duration.parse","input":"1.999999999999999999s"}`,
		`{"id":4,"op":"duration.parse","input":"90"}`,
	),
		`{"id":1,"nanoseconds":"5400000000000","string":"1h30m0s"}`,
		`{"id":2,"nanoseconds":"90000000000","string":"1m30s"}`,
		`{"id":3,"nanoseconds":"2000000000","string":"2s"}`,
		`{"id":4,"error":"time: missing unit in duration \"90\""}`)
}
