// Package relay lets a TURN server share Caddy's port of https: many networks let nothing else
// through. It looks at the first byte inside TLS, for STUN and TURN begin with two zero bits
// (RFC 8489, section 5), and HTTP begins with a letter.
package relay

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"github.com/caddyserver/caddy/v2"
	"go.uber.org/zap"
)

const (
	firstByteWithin = 10 * time.Second
	dialWithin      = 5 * time.Second
	aboveSTUN       = 0x40 // the first byte of STUN is below
)

func init() {
	caddy.RegisterModule(Wrapper{})
}

// Wrapper hands connections that speak TURN to another server, and all others on to Caddy. It
// belongs behind TLS, which Caddy puts first when the list of listener wrappers does not name it.
type Wrapper struct {
	// To is the address of a TURN server over TCP, such as 127.0.0.1:8005.
	To string `json:"to"`

	logger *zap.Logger
}

// CaddyModule says how the configuration names it.
func (Wrapper) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "caddy.listeners.turn_relay",
		New: func() caddy.Module { return new(Wrapper) },
	}
}

// Provision takes Caddy's log.
func (w *Wrapper) Provision(ctx caddy.Context) error {
	w.logger = ctx.Logger()
	return nil
}

// Validate refuses a configuration without an address.
func (w *Wrapper) Validate() error {
	_, _, err := net.SplitHostPort(w.To)
	return err
}

// WrapListener sorts what `inner` accepts.
func (w *Wrapper) WrapListener(inner net.Listener) net.Listener {
	sorted := &listener{
		Listener: inner,
		wrapper:  w,
		accepted: make(chan accepted),
		closed:   make(chan struct{}),
	}
	go sorted.acceptAll()
	return sorted
}

type accepted struct {
	conn net.Conn
	err  error
}

type listener struct {
	net.Listener
	wrapper  *Wrapper
	accepted chan accepted
	closed   chan struct{}
	closing  sync.Once
}

// Accept returns the next connection that does not speak TURN.
func (l *listener) Accept() (net.Conn, error) {
	select {
	case next := <-l.accepted:
		return next.conn, next.err
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends accepting; relayed connections go on until one side ends them.
func (l *listener) Close() error {
	l.closing.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

func (l *listener) acceptAll() {
	for {
		conn, err := l.Listener.Accept()
		if err != nil {
			l.pass(accepted{err: err})
			if errors.Is(err, net.ErrClosed) {
				return
			}
			continue
		}
		go l.sort(conn)
	}
}

// pass hands on to whoever calls Accept; false when nobody will any more.
func (l *listener) pass(next accepted) bool {
	select {
	case l.accepted <- next:
		return true
	case <-l.closed:
		return false
	}
}

// sort reads the first byte, which makes the TLS handshake too: here, so that a slow client holds
// up no other.
func (l *listener) sort(conn net.Conn) {
	first := make([]byte, 1)
	err := conn.SetReadDeadline(time.Now().Add(firstByteWithin))
	if err == nil {
		_, err = io.ReadFull(conn, first)
	}
	if err == nil {
		err = conn.SetReadDeadline(time.Time{})
	}
	if err != nil {
		l.wrapper.logger.Debug("left before it said a word", zap.Error(err))
		_ = conn.Close()
		return
	}
	if first[0] < aboveSTUN {
		l.wrapper.relay(conn, first)
		return
	}
	if !l.pass(accepted{conn: begun(conn, first)}) {
		_ = conn.Close()
	}
}

// relay carries both directions until one ends.
func (w *Wrapper) relay(client net.Conn, first []byte) {
	defer client.Close()
	server, err := net.DialTimeout("tcp", w.To, dialWithin)
	if err != nil {
		w.logger.Warn("the TURN server does not answer", zap.Error(err))
		return
	}
	defer server.Close()
	if _, err := server.Write(first); err != nil {
		w.logger.Warn("the TURN server takes nothing", zap.Error(err))
		return
	}
	ended := make(chan error, 2)
	carry := func(to, from net.Conn) {
		_, err := io.Copy(to, from)
		ended <- err
	}
	go carry(server, client)
	go carry(client, server)
	if err := <-ended; err != nil {
		w.logger.Debug("a relayed connection broke", zap.Error(err))
	}
}

// begun gives back what was read already. Over TLS the connection still shows its TLS state, by
// which Caddy tells HTTP/2.
func begun(conn net.Conn, first []byte) net.Conn {
	if secure, ok := conn.(*tls.Conn); ok {
		return &begunTLS{Conn: secure, first: first}
	}
	return &begunPlain{Conn: conn, first: first}
}

type begunTLS struct {
	*tls.Conn
	first []byte
}

// Read gives the first bytes, then the rest.
func (c *begunTLS) Read(into []byte) (int, error) {
	return readBegun(c.Conn, &c.first, into)
}

type begunPlain struct {
	net.Conn
	first []byte
}

// Read gives the first bytes, then the rest.
func (c *begunPlain) Read(into []byte) (int, error) {
	return readBegun(c.Conn, &c.first, into)
}

func readBegun(conn net.Conn, first *[]byte, into []byte) (int, error) {
	if len(*first) == 0 {
		return conn.Read(into)
	}
	n := copy(into, *first)
	*first = (*first)[n:]
	return n, nil
}

var (
	_ caddy.Provisioner     = (*Wrapper)(nil)
	_ caddy.Validator       = (*Wrapper)(nil)
	_ caddy.ListenerWrapper = (*Wrapper)(nil)
)
