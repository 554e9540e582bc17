"""By which way a page's media really goes, read from WebRTC's own statistics."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page

KEEP = """(() => {
  const kept = window.keptConnections = [];
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(wish, ...more) {
      super({ ...wish, ...WISH }, ...more);
      kept.push(this);
    }
    setConfiguration(wish) {
      super.setConfiguration({ ...wish, ...WISH });
    }
  };
})()"""

READ = """async () => {
  const routes = [];
  for (const connection of window.keptConnections) {
    if (connection.connectionState !== 'connected') continue;
    const stats = await connection.getStats();
    const of = type => [...stats.values()].filter(each => each.type === type);
    for (const transport of of('transport')) {
      const pair = stats.get(transport.selectedCandidatePairId);
      if (!pair) continue;
      const local = stats.get(pair.localCandidateId);
      routes.push({
        type: local.candidateType,
        protocol: local.relayProtocol || local.protocol,
        bytes: pair.bytesSent + pair.bytesReceived,
      });
    }
  }
  return routes;
}"""


SERVERS = """() => window.keptConnections.flatMap(
  connection => connection.getConfiguration().iceServers.flatMap(server => server.urls))"""


@dataclass(frozen=True)
class Route:
    """One way: directly (`host`) or through the TURN server (`relay`), and over what."""

    type: str
    protocol: str


def watch_routes(context: BrowserContext, relay_only: bool = False) -> None:
    """Pages of this context keep their connections, for :func:`routes_of`; with ``relay_only`` they
    take no other way than through a TURN server."""
    wish = '{ iceTransportPolicy: "relay" }' if relay_only else "{}"
    context.add_init_script(KEEP.replace("WISH", wish))


def routes_of(page: Page) -> list[Route]:
    """Of each connection that stands now, the way that its media has taken."""
    found: list[dict[str, Any]] = page.evaluate(READ)
    assert all(each["bytes"] > 0 for each in found)
    # A device learns its own address only by asking (prflx, srflx); directly is directly.
    types = {"prflx": "host", "srflx": "host"}
    return [Route(types.get(each["type"], each["type"]), each["protocol"]) for each in found]


def servers_asked(page: Page) -> set[str]:
    """The hosts of the STUN and TURN servers that the page was told to ask."""
    urls: list[str] = page.evaluate(SERVERS)
    return {url.split(":")[1] for url in urls}
