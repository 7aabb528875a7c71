package main

import ("testing";"os";"bytes";"io")

func BenchmarkFile(b *testing.B) {
	data, _ := os.ReadFile(os.Getenv("QFILE"))
	for i := 0; i < b.N; i++ { _ = serve(bytes.NewReader(data), io.Discard) }
}
