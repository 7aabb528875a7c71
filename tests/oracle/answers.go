package main

import (
	"maps"
	"slices"
)

// sortedKeys are a map's keys in byte order, where upstream would take them in Go's random order.
func sortedKeys[V any](m map[string]V) []string {
	return slices.Sorted(maps.Keys(m))
}
