// Connections that a configured balancer passes on.
#include <thread>

#include "tests/unit/front/fixture.h"

namespace heyan::front {
namespace {

using namespace std::chrono_literals;

std::string announce(const std::string& client) {
  return "PROXY TCP4 " + client + " 10.0.0.1 12345 443\r\n";
}

class BalancerTest : public ServerTest {
 protected:
  BalancerTest() { balancers = {"127.0.0.1"}; }
  bool was_said(std::string_view event) const {
    const std::lock_guard lock(mutex);
    return std::ranges::find(events, event) != events.end();
  }
};

TEST_F(BalancerTest, SaysWhoseEachConnectionIs) {
  start();
  Client one(port(), {.before = announce("192.0.2.1")});
  EXPECT_THAT(one.ask(get("/peer")).body, testing::HasSubstr("192.0.2.1"));
  const std::string local("\r\n\r\n\0\r\nQUIT\n\x20\0\0\0", 16);
  Client own(port(), {.before = local});
  EXPECT_THAT(own.ask(get("/peer")).body, testing::HasSubstr("127.0.0.1"));
  Client court(port("court-systems"), {.identity = &court_system, .before = announce("192.0.2.2")});
  EXPECT_THAT(court.ask(get("/peer")).body, testing::HasSubstr("192.0.2.2"));
}

TEST_F(BalancerTest, SharesItsConnectionsAmongTheirClients) {
  ServerOptions options;
  options.connections_per_client = 1;
  start(options);
  Client one(port(), {.before = announce("192.0.2.1")});
  Client two(port(), {.before = announce("192.0.2.2")});
  EXPECT_EQ(one.ask(get("/peer")).status, 200);
  EXPECT_EQ(two.ask(get("/peer")).status, 200);
  EXPECT_FALSE(Client(port(), {.before = announce("192.0.2.1")}).connected());
  EXPECT_TRUE(was_said("front.connection_refused"));
  EXPECT_TRUE(Client(port(), {.before = announce("192.0.2.3")}).connected());
}

// In words: records and limits go by it.
TEST_F(BalancerTest, OfSixthVersionNamesTheNetworkThatAClientHas) {
  ServerOptions options;
  options.connections_per_client = 1;
  start(options);
  const auto announce_six = [](const std::string& client) {
    return "PROXY TCP6 " + client + " 2001:db8::1 12345 443\r\n";
  };
  Client one(port(), {.before = announce_six("2001:db8:0:7:1:2:3:4")});
  EXPECT_EQ(one.ask(get("/client")).body, "2001:db8:0:7::/64");
  EXPECT_FALSE(Client(port(), {.before = announce_six("2001:db8:0:7::9")}).connected());
  Client other(port(), {.before = announce_six("2001:db8:0:8::9")});
  EXPECT_EQ(other.ask(get("/peer")).status, 200);
}

TEST_F(BalancerTest, IsNotHeardWithoutSaying) {
  start();
  EXPECT_FALSE(Client(port()).connected());
  EXPECT_FALSE(Client(port(), {.before = "PROXY TCP4 nobody 10.0.0.1 1 443\r\n"}).connected());
  EXPECT_TRUE(was_said("front.balancer_malformed"));
}

TEST_F(BalancerTest, ThatLooksWhetherThereIsAPortIsNoFault) {
  start();
  {
    const Client looking(port(), {.tls = false});
  }
  for (int i = 0; i < 1000 && server->connections() > 0; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(Client(port(), {.before = announce("192.0.2.1")}).ask(get("/peer")).status, 200);
  EXPECT_FALSE(was_said("front.balancer_malformed"));
}

TEST_F(BalancerTest, ThatSaysNothingIsNotWaitedForLong) {
  ServerOptions options;
  options.handshake = 200ms;
  start(options);
  Client silent(port(), {.tls = false, .before = "PROXY "});
  EXPECT_EQ(silent.receive().status, 0);
  EXPECT_TRUE(was_said("front.balancer_malformed"));
}

// Else anybody could choose the address that limits and records go by.
TEST_F(ServerTest, WhoIsNoBalancerSaysNothing) {
  balancers = {"127.0.0.2"};
  start();
  EXPECT_FALSE(Client(port(), {.before = announce("192.0.2.1")}).connected());
  EXPECT_THAT(Client(port()).ask(get("/peer")).body, testing::HasSubstr("127.0.0.1"));
}

TEST_F(BalancerTest, OfMetricsIsNone) {
  start();
  EXPECT_EQ(Client(port("metrics"), {.tls = false}).ask(get("/peer")).status, 200);
}

}  // namespace
}  // namespace heyan::front
