// Listeners, deadlines, caps and stopping.
#include <thread>

#include "tests/unit/front/fixture.h"

namespace heyan::front {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST_F(ServerTest, ServesPlainHttpOnLoopbackOnly) {
  start();
  Client client(port("metrics"), {.tls = false});
  const Reply reply = client.ask(get("/peer"));
  EXPECT_EQ(reply.body, "metrics 127.0.0.1 -");
  EXPECT_FALSE(reply.fields.contains("strict-transport-security"));
  ListenerOptions listener;
  listener.name = "open";
  listener.address = "0.0.0.0";
  const auto open = listen_on({listener});
  ASSERT_FALSE(open.has_value());
  EXPECT_EQ(open.error().code, core::ErrorCode::kUnsupported);
}

TEST_F(ServerTest, RefusesListenersThatCannotBe) {
  start();
  ListenerOptions listener;
  listener.name = "second";
  listener.port = port("metrics");
  const auto taken = listen_on({listener});
  ASSERT_FALSE(taken.has_value());
  EXPECT_EQ(taken.error().code, core::ErrorCode::kIo);
  EXPECT_EQ(taken.error().text, "second, 127.0.0.1 port " + std::to_string(listener.port) +
                                    ": the address is taken: another program listens there");
  for (const char* bad : {"localhost", "", "127.0.0.1:80", "127.0.0.1 ", "[::1]", "1"}) {
    listener.address = bad;
    EXPECT_EQ(listen_on({listener}).error().code, core::ErrorCode::kMalformed) << bad;
  }
  listener.port = 0;
  for (const char* open : {"0.0.0.0", "::", "192.0.2.1", "::ffff:127.0.0.1"}) {
    listener.address = open;
    EXPECT_EQ(listen_on({listener}).error().code, core::ErrorCode::kUnsupported) << open;
  }
}

TEST_F(ServerTest, TellsAFormerFromALaterByte) {
  start();
  // A plain request to a TLS port, and TLS to a plain port.
  Client plain(port(), {.tls = false});
  plain.send(get("/peer"));
  EXPECT_EQ(plain.receive().status, 0);
  Client tls(port("metrics"));
  EXPECT_FALSE(tls.connected());
}

TEST_F(ServerTest, EndsHandshakesThatAreNotDone) {
  ServerOptions options;
  options.handshake = 200ms;
  start(options);
  Client client(port(), {.tls = false});
  EXPECT_TRUE(client.at_end());
  Client half(port(), {.tls = false});
  half.send(std::string("\x16\x03\x01\x02\x00", 5));
  EXPECT_TRUE(half.at_end());
}

TEST_F(ServerTest, EndsHeadsThatAreSlow) {
  ServerOptions options;
  options.header = 300ms;
  start(options);
  Client silent(port());
  EXPECT_TRUE(silent.at_end());
  Client slow(port());
  const auto before = Clock::now();
  // Bytes that keep coming do not buy time.
  slow.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
  for (int i = 0; i < 200 && Clock::now() - before < 2s; ++i) {
    slow.send("a");
    std::this_thread::sleep_for(10ms);
    if (i == 60) break;
  }
  EXPECT_EQ(slow.receive().status, 408);
  EXPECT_TRUE(slow.at_end());
}

TEST_F(ServerTest, EndsBodiesThatAreSlow) {
  ServerOptions options;
  options.body_grace = 300ms;
  options.body_bytes_per_second = 1'000'000;
  start(options);
  Client silent(port());
  EXPECT_EQ(silent.ask(request("POST /echo", "Content-Length: 10\r\n", "abc")).status, 408);
  EXPECT_TRUE(silent.at_end());
  Client asked(port());  // now and then whether it is to end
  EXPECT_EQ(asked.ask(request("POST /echo?stop=1", "Content-Length: 10\r\n", "abc")).status, 408);
  // A fast beginning earns no slow end.
  Client drip(port());
  drip.send(request("POST /echo", "Content-Length: 900000\r\n", std::string(500'000, 'a')));
  for (int i = 0; i < 100; ++i) {
    drip.send("a");
    std::this_thread::sleep_for(10ms);
  }
  EXPECT_EQ(drip.receive().status, 408);
}

TEST_F(ServerTest, EndsIdleConnections) {
  ServerOptions options;
  options.keep_alive = 200ms;
  start(options);
  Client client(port());
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
  EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, EndsAfterSoManyRequests) {
  ServerOptions options;
  options.requests_per_connection = 3;
  start(options);
  Client client(port());
  EXPECT_FALSE(client.ask(get("/peer")).fields.contains("connection"));
  EXPECT_FALSE(client.ask(get("/peer")).fields.contains("connection"));
  EXPECT_EQ(client.ask(get("/peer")).fields.at("connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, GivesAClientItsShareOnly) {
  ServerOptions options;
  options.connections_per_client = 2;
  start(options);
  auto first = std::make_unique<Client>(port());
  Client second(port());
  EXPECT_EQ(first->ask(get("/peer")).status, 200);
  EXPECT_EQ(second.ask(get("/peer")).status, 200);
  EXPECT_FALSE(Client(port()).connected());
  EXPECT_FALSE(Client(port("court-systems"), {.identity = &court_system}).connected());
  first.reset();
  for (int i = 0; i < 1000 && server->connections() > 1; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(Client(port()).ask(get("/peer")).status, 200);
}

TEST_F(ServerTest, HasSoManyConnectionsAltogether) {
  ServerOptions options;
  options.connections = 1;
  start(options);
  Client first(port());
  EXPECT_EQ(first.ask(get("/peer")).status, 200);
  EXPECT_FALSE(Client(port()).connected());
}

TEST_F(ServerTest, HasAsManyAtAListenerAsThatSays) {
  ServerOptions options;
  options.connections = 1;
  public_connections = 2;
  start(options);
  Client first(port());
  auto second = std::make_unique<Client>(port());
  EXPECT_EQ(first.ask(get("/peer")).status, 200);
  EXPECT_EQ(second->ask(get("/peer")).status, 200);
  EXPECT_FALSE(Client(port()).connected());
  const ClientOptions court{.identity = &court_system};
  Client other(port("court-systems"), court);
  EXPECT_EQ(other.ask(get("/peer")).status, 200);
  EXPECT_FALSE(Client(port("court-systems"), court).connected());
  second.reset();
  for (int i = 0; i < 1000 && server->connections() > 2; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(Client(port()).ask(get("/peer")).status, 200);
}

TEST_F(ServerTest, FinishesWhatIsUnderWayWhenStopped) {
  start();
  Client idle(port());
  EXPECT_EQ(idle.ask(get("/peer")).status, 200);
  Client waiting(port());
  waiting.send(get("/wait"));
  Client slow(port());
  slow.send(get("/slow"));
  std::this_thread::sleep_for(100ms);
  std::jthread stopper([this] { server->stop(10s); });
  const Reply reply = slow.receive();
  EXPECT_EQ(reply.body, "done");
  EXPECT_EQ(reply.fields.at("connection"), "close");
  EXPECT_EQ(waiting.receive().body, "stopping");
  EXPECT_TRUE(idle.at_end());
  idle.shut();
  slow.shut();
  waiting.shut();
  stopper.join();
  EXPECT_EQ(server->connections(), 0u);
  EXPECT_FALSE(Client(port(), {.tls = false}).ask(get("/peer")).status != 0);
}

TEST_F(ServerTest, CutsWhatTakesTooLongToStop) {
  start();
  Client client(port());
  client.send(request("POST /echo", "Content-Length: 10\r\n", "abc"));
  std::this_thread::sleep_for(50ms);
  const auto before = Clock::now();
  server->stop(100ms);
  server.reset();
  EXPECT_LT(Clock::now() - before, 5s);
  EXPECT_TRUE(client.at_end());
}

// Its workers may wait for minutes for what is elsewhere, and are waited for.
TEST_F(ServerTest, WhatBlocksWorkIsToldToGiveUpWhenTheGraceIsOver) {
  start();
  Client client(port());
  client.send(get("/blocked"));
  ASSERT_TRUE(handler.blocked.try_acquire_for(20s));
  server->stop(100ms, [this] { handler.release.release(); });
  EXPECT_TRUE(handler.was_released);
  EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, StopsTwiceAndWithoutConnections) {
  start();
  server->begin_stop();
  server->stop(0ms);
  server->stop(1s);
}

}  // namespace
}  // namespace heyan::front
