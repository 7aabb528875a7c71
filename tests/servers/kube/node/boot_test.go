package node

import "testing"

const bootFileOfOurs = `stages:
  initramfs:
  - name: write
    if: '[ ! -e /etc/witness ] && [ "$(awk ''/^MemTotal:/ {print $2}'' /proc/meminfo)" -ge 1000 ]'
    files:
    - path: /etc/written
      permissions: 0600
      owner: 0
      group: 0
      content: |
        text
`

func applied(t *testing.T, files map[string]string) (Disk, error) {
	t.Helper()
	disk := testDisk(t, files)
	read, err := readBoot(disk)
	if err == nil {
		err = applyBoot(disk, read)
	}
	return disk, err
}

func has(disk Disk, path string) bool {
	_, err := disk.Read(path)
	return err == nil
}

func TestBootWritesWhatItsGuardAllows(t *testing.T) {
	tests := map[string]struct {
		files map[string]string
		want  bool
	}{
		"all holds":         {map[string]string{memInfo: "MemTotal:  1000 kB\n"}, true},
		"too little memory": {map[string]string{memInfo: "MemTotal:  999 kB\n"}, false},
		"a witness":         {map[string]string{memInfo: "MemTotal:  1000 kB\n", "/etc/witness": ""}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.files[oemFolder+"/99.yaml"] = bootFileOfOurs
			disk, err := applied(t, test.files)
			if err != nil {
				t.Fatal(err)
			}
			if has(disk, "/etc/written") != test.want {
				t.Errorf("written: %t", !test.want)
			}
		})
	}
}

func TestBootFollowsStagesBeforeFiles(t *testing.T) {
	disk, err := applied(t, map[string]string{
		oemFolder + "/1.yaml": "stages: {boot: [{commands: [rm -f /etc/a]}], initramfs.after: [{files: [{path: /etc/b, content: late}]}]}",
		oemFolder + "/2.yaml": "stages: {rootfs: [{files: [{path: /etc/a, content: x}]}], initramfs: [{files: [{path: /etc/b, content: early}]}]}",
		oemFolder + "/3.yaml": "stages: [not, a, mapping]",
		oemFolder + "/4.txt":  "stages: {network: [{files: [{path: /etc/c}]}]}",
	})
	if err != nil {
		t.Fatal(err)
	}
	if content, _ := disk.Read("/etc/b"); has(disk, "/etc/a") || has(disk, "/etc/c") || content != "late" {
		t.Errorf("the disk holds %v", disk.All())
	}
}

func TestBootRefusesWhatItCannotFollow(t *testing.T) {
	tests := map[string]string{
		"another command":   `stages: {boot: [{commands: ["reboot"]}]}`,
		"a chained command": `stages: {boot: [{commands: ["rm -f /etc/a; reboot"]}]}`,
		"the shell":         `stages: {boot: [{if: '[ -e /etc/a ] && reboot'}]}`,
		"a subshell":        `stages: {boot: [{if: '[ "$(cat /etc/passwd)" -eq 1 ]'}]}`,
		"another key":       `stages: {boot: [{hostname: x}]}`,
		"a template":        `stages: {boot: [{files: [{path: /etc/a, content: '{{ .Values.x }}'}]}]}`,
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			if disk, err := applied(t, map[string]string{oemFolder + "/1.yaml": content}); err == nil {
				t.Errorf("nothing was refused; the disk holds %v", disk.All())
			}
		})
	}
}

func TestPathsStayOnTheDisk(t *testing.T) {
	for _, path := range []string{"/../outside", "/etc/../../outside"} {
		if got, err := (Disk{"/nowhere"}).path(path); err != nil || got != "/nowhere/outside" {
			t.Errorf("%s leads to %s, %v", path, got, err)
		}
	}
	if got, err := (Disk{"/nowhere"}).path("relative"); err == nil {
		t.Errorf("a relative path leads to %s", got)
	}
}
