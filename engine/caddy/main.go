// Command caddy is Caddy with its standard modules, and one of ours: it finds TURN on the port of
// https.
package main

import (
	_ "time/tzdata"

	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	_ "github.com/caddyserver/caddy/v2/modules/standard"

	_ "pendopo/engine/caddy/relay"
)

func main() {
	caddycmd.Main()
}
