package fleet

import (
	"math"
	"time"
)

const (
	// floorShare is the kernel's own part of the memory, which nothing on the node can take.
	floorShare = 0.005
	pageBytes  = 4096
)

// memory is how much of a node's memory is in use: what its pods and the host use, or what a course says.
type memory struct {
	capacityBytes float64
	systemBytes   float64
	course        *Course
	since         time.Time
}

// follow lets the whole node's working set follow a course from now on; nil gives it back to its pods.
func (m *memory) follow(course *Course) { m.course, m.since = course, time.Now() }

// sample is the memory's use at one moment, in bytes.
type sample struct {
	workingSet, system uint64
	// pods are in the order in which they were asked for.
	pods []uint64
}

func (m *memory) sample(now time.Time, pods []float64) sample {
	sum := 0.0
	for _, use := range pods {
		sum += use
	}
	workingSet := m.systemBytes + sum
	if m.course != nil {
		workingSet = m.course.WorkingSetBytes + m.course.BytesPerSecond*now.Sub(m.since).Seconds()
	}
	workingSet = wholePages(math.Min(m.capacityBytes*(1-floorShare), math.Max(0, workingSet)))
	system := wholePages(math.Min(m.systemBytes, workingSet))
	scale := 0.0
	if sum == 0 {
		system = workingSet // Without pods the host itself makes up the difference
	} else {
		scale = (workingSet - system) / sum
	}
	result := sample{workingSet: uint64(workingSet), system: uint64(system)}
	for _, use := range pods {
		result.pods = append(result.pods, uint64(wholePages(use*scale)))
	}
	return result
}

// wholePages is the part of an amount that Linux could hand out.
func wholePages(bytes float64) float64 { return math.Floor(bytes/pageBytes) * pageBytes }

// release takes what a pod used off the course: it is gone. Without a course that shows by itself.
func (m *memory) release(bytes uint64) {
	if m.course != nil {
		now := time.Now()
		m.course = &Course{m.course.WorkingSetBytes + m.course.BytesPerSecond*now.Sub(m.since).Seconds() - float64(bytes), m.course.BytesPerSecond}
		m.since = now
	}
}
