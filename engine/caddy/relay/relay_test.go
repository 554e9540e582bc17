package relay

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"go.uber.org/zap"
)

func listen(t *testing.T) net.Listener {
	t.Helper()
	opened, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	return opened
}

func dial(t *testing.T, to net.Listener) net.Conn {
	t.Helper()
	conn, err := net.DialTimeout("tcp", to.Addr().String(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// door answers HTTP with "page", and relays to a server that sends everything back.
func door(t *testing.T) net.Listener {
	t.Helper()
	echo := listen(t)
	go func() {
		for {
			conn, err := echo.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = io.Copy(conn, conn)
			}()
		}
	}()
	wrapper := &Wrapper{To: echo.Addr().String(), logger: zap.NewNop()}
	wrapped := wrapper.WrapListener(listen(t))
	t.Cleanup(func() { wrapped.Close() })
	page := func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") }
	go func() { _ = http.Serve(wrapped, http.HandlerFunc(page)) }()
	return wrapped
}

func expectEcho(t *testing.T, conn net.Conn, sent string) {
	t.Helper()
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	back := make([]byte, len(sent))
	if _, err := io.ReadFull(conn, back); err != nil || string(back) != sent {
		t.Fatalf("sent %q, got back %q: %v", sent, back, err)
	}
}

func expectPage(t *testing.T, conn net.Conn) {
	t.Helper()
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || string(body) != "page" {
		t.Fatalf("got %q: %v", body, err)
	}
}

func TestTURNGoesToItsServerAndHTTPToCaddy(t *testing.T) {
	opened := door(t)
	expectEcho(t, dial(t, opened), "\x00\x03 Allocate")
	expectPage(t, dial(t, opened))
}

func TestASilentClientHoldsUpNobody(t *testing.T) {
	opened := door(t)
	dial(t, opened)
	expectPage(t, dial(t, opened))
}

func TestClosingEndsAccept(t *testing.T) {
	wrapper := &Wrapper{To: "127.0.0.1:1", logger: zap.NewNop()}
	wrapped := wrapper.WrapListener(listen(t))
	if err := wrapped.Close(); err != nil {
		t.Fatal(err)
	}
	if conn, err := wrapped.Accept(); err == nil {
		conn.Close()
		t.Fatal("accepted after closing")
	}
}

func TestAnAddressIsNeeded(t *testing.T) {
	if err := (&Wrapper{To: "nowhere"}).Validate(); err == nil {
		t.Fatal("took an address without a port")
	}
	if err := (&Wrapper{To: "127.0.0.1:8005"}).Validate(); err != nil {
		t.Fatal(err)
	}
}
