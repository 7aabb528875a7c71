package fleet

import (
	"slices"
	"testing"
	"time"
)

const page = pageBytes

func TestMemory(t *testing.T) {
	tests := map[string]struct {
		course *Course
		after  time.Duration
		pods   []float64
		want   sample
	}{
		"what pods and the host use":    {nil, 0, []float64{10 * page, 20 * page}, sample{130 * page, 100 * page, []uint64{10 * page, 20 * page}}},
		"the host alone":                {nil, 0, nil, sample{100 * page, 100 * page, nil}},
		"a course that grows":           {&Course{400 * page, 100 * page}, 2 * time.Second, []float64{page}, sample{600 * page, 100 * page, []uint64{500 * page}}},
		"a course below the host's use": {&Course{50 * page, 0}, 0, []float64{page}, sample{50 * page, 50 * page, []uint64{0}}},
		"never more than there is":      {&Course{2000 * page, 0}, 0, nil, sample{995 * page, 995 * page, nil}},
		"in whole pages":                {&Course{101*page + 5, 0}, 0, []float64{page, page}, sample{101 * page, 100 * page, []uint64{0, 0}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := memory{capacityBytes: 1000 * page, systemBytes: 100 * page}
			m.follow(test.course)
			got := m.sample(m.since.Add(test.after), test.pods)
			if got.workingSet != test.want.workingSet || got.system != test.want.system || !slices.Equal(got.pods, test.want.pods) {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestMemoryOfAPodThatIsGone(t *testing.T) {
	m := memory{capacityBytes: 1000 * page, systemBytes: 100 * page}
	m.follow(&Course{800 * page, 0})
	m.release(300 * page)
	if got := m.sample(time.Now(), []float64{page}).workingSet; got != 500*page {
		t.Errorf("%d bytes are in use", got)
	}
}
