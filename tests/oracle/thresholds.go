package main

import (
	"cmp"
	"slices"
	"strconv"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
	evictionapi "k8s.io/kubernetes/pkg/kubelet/eviction/api"
)

func init() {
	register("thresholds.parse", thresholdsParse)
	register("thresholds.quantity", thresholdsQuantity)
	register("thresholds.updateContainerFs", thresholdsUpdateContainerFs)
}

// evictionMaps are the settings that thresholds are made of, by their names in the kubelet's configuration.
type evictionMaps struct {
	EnforceNodeAllocatable  []string
	EvictionHard            map[string]string
	EvictionSoft            map[string]string
	EvictionSoftGracePeriod map[string]string
	EvictionMinimumReclaim  map[string]string
}

// parse is eviction.ParseThresholdConfig. Upstream's list is in the order of Go's maps; here it is sorted by signal.
// Thresholds of one signal keep their order: hard before soft. Of several errors the first by sorted key is told.
func (in evictionMaps) parse() ([]evictionapi.Threshold, error) {
	thresholds, err := eviction.ParseThresholdConfig(in.EnforceNodeAllocatable, in.EvictionHard, in.EvictionSoft, in.EvictionSoftGracePeriod, in.EvictionMinimumReclaim)
	if err != nil {
		return nil, in.firstError(err)
	}
	sortBySignal(thresholds)
	return thresholds, nil
}

// firstError finds which of the errors that upstream may report is the first by sorted key, in upstream's order of
// checks, by asking it about one entry at a time.
func (in evictionMaps) firstError(reported error) error {
	checks := []struct {
		entries map[string]string
		parse   func(entry map[string]string) error
	}{
		{in.EvictionHard, func(entry map[string]string) error { return parseError(entry, nil, nil, nil) }},
		// Hard and soft statements go through the same function; a hard one needs no grace period.
		{in.EvictionSoft, func(entry map[string]string) error { return parseError(entry, nil, nil, nil) }},
		{in.EvictionSoftGracePeriod, func(entry map[string]string) error { return parseError(nil, nil, entry, nil) }},
		{in.EvictionMinimumReclaim, func(entry map[string]string) error { return parseError(nil, nil, nil, entry) }},
		{in.EvictionSoft, func(entry map[string]string) error { return parseError(nil, entry, in.EvictionSoftGracePeriod, nil) }},
	}
	for _, check := range checks {
		for _, key := range sortedKeys(check.entries) {
			if err := check.parse(map[string]string{key: check.entries[key]}); err != nil {
				return err
			}
		}
	}
	return reported
}

func parseError(hard, soft, softGracePeriod, minimumReclaim map[string]string) error {
	_, err := eviction.ParseThresholdConfig(nil, hard, soft, softGracePeriod, minimumReclaim)
	return err
}

func sortBySignal(thresholds []evictionapi.Threshold) {
	slices.SortStableFunc(thresholds, func(a, b evictionapi.Threshold) int { return cmp.Compare(a.Signal, b.Signal) })
}

// thresholdValue is a ThresholdValue's answer: an absolute quantity or a share of the capacity.
type thresholdValue struct {
	Quantity          string `json:"quantity,omitempty"`
	Value             string `json:"value,omitempty"`
	PercentageFloat32 string `json:"percentageFloat32,omitempty"`
}

type threshold struct {
	Signal      evictionapi.Signal            `json:"signal"`
	Operator    evictionapi.ThresholdOperator `json:"operator"`
	Value       thresholdValue                `json:"value"`
	GracePeriod string                        `json:"gracePeriod"`
	MinReclaim  *thresholdValue               `json:"minReclaim,omitempty"`
}

func describeValue(value evictionapi.ThresholdValue) thresholdValue {
	if value.Quantity != nil {
		return thresholdValue{Quantity: value.Quantity.String(), Value: decimal(value.Quantity.Value())}
	}
	return thresholdValue{PercentageFloat32: strconv.FormatFloat(float64(value.Percentage), 'g', -1, 32)}
}

// describe makes the answer that lists thresholds.
func describe(thresholds []evictionapi.Threshold) any {
	list := make([]threshold, 0, len(thresholds))
	for _, t := range thresholds {
		described := threshold{Signal: t.Signal, Operator: t.Operator, Value: describeValue(t.Value), GracePeriod: t.GracePeriod.String()}
		if t.MinReclaim != nil {
			value := describeValue(*t.MinReclaim)
			described.MinReclaim = &value
		}
		list = append(list, described)
	}
	return struct {
		Thresholds []threshold `json:"thresholds"`
	}{list}
}

func thresholdsParse(in evictionMaps) (any, error) {
	thresholds, err := in.parse()
	if err != nil {
		return nil, err
	}
	return describe(thresholds), nil
}

// thresholdsUpdateContainerFs is eviction.UpdateContainerFsThresholds, as the first synchronize calls it. Its error
// only goes to the kubelet's log, so the answer leaves it out.
func thresholdsUpdateContainerFs(in struct {
	evictionMaps
	ImageFs, SeparateContainerImageFs bool
}) (any, error) {
	thresholds, err := in.parse()
	if err != nil {
		return nil, err
	}
	updated, _ := eviction.UpdateContainerFsThresholds(thresholds, in.ImageFs, in.SeparateContainerImageFs)
	sortBySignal(updated)
	return describe(updated), nil
}

// thresholdsQuantity is evictionapi.GetThresholdQuantity of a percentage.
func thresholdsQuantity(in struct{ Percentage, Capacity string }) (any, error) {
	capacity, err := resource.ParseQuantity(in.Capacity)
	if err != nil {
		return nil, err
	}
	value, err := percentageValue(in.Percentage)
	if err != nil {
		return nil, err
	}
	quantity := evictionapi.GetThresholdQuantity(value, &capacity)
	return struct {
		Threshold string `json:"threshold"`
		String    string `json:"string"`
	}{decimal(quantity.Value()), quantity.String()}, nil
}

// percentageValue reads a percentage as a hard threshold's. Upstream drops the two that would never or always evict;
// their shares are exact.
func percentageValue(text string) (evictionapi.ThresholdValue, error) {
	switch text {
	case "0%":
		return evictionapi.ThresholdValue{Percentage: 0}, nil
	case "100%":
		return evictionapi.ThresholdValue{Percentage: 1}, nil
	}
	thresholds, err := eviction.ParseThresholdConfig(nil, map[string]string{string(evictionapi.SignalMemoryAvailable): text}, nil, nil, nil)
	if err != nil {
		return evictionapi.ThresholdValue{}, err
	}
	return thresholds[0].Value, nil
}
