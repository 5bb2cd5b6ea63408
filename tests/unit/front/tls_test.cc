#include "tests/unit/front/fixture.h"

namespace heyan::front {
namespace {

using core::ErrorCode;

class TlsTest : public ServerTest {
 protected:
  // What the server said about the peer; empty where it did not talk.
  std::string peer(std::string_view listener, const ClientOptions& options) const {
    Client client(port(listener), options);
    return client.connected() ? client.ask(get("/peer")).body : "";
  }
  std::string named(const Identity& identity) const {
    return "court-systems 127.0.0.1 " + core::to_hex(identity.spki_sha256);
  }
};

TEST_F(TlsTest, SpeaksThirteenOnly) {
  start();
  EXPECT_EQ(peer("public", {.version = TLS1_3_VERSION}), "public 127.0.0.1 -");
  EXPECT_EQ(peer("public", {.version = TLS1_2_VERSION}), "");
  EXPECT_EQ(peer("public", {.version = TLS1_1_VERSION}), "");
}

TEST_F(TlsTest, SpeaksTwelveWithForwardSecrecyWhereTold) {
  start({}, true);
  EXPECT_EQ(peer("public", {.version = TLS1_2_VERSION}), "public 127.0.0.1 -");
  EXPECT_NE(peer("public", {.version = TLS1_2_VERSION, .ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"}),
            "");
  for (const std::string weak :
       {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES128-GCM-SHA256",
        "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-CCM"}) {
    EXPECT_EQ(peer("public", {.version = TLS1_2_VERSION, .ciphers = weak}), "") << weak;
  }
  EXPECT_EQ(peer("public", {.version = TLS1_1_VERSION}), "");
}

TEST_F(TlsTest, SpeaksHttp11Only) {
  start();
  Client http(port(), {.protocols = "\x02h2\x08http/1.1"});
  ASSERT_TRUE(http.connected());
  EXPECT_EQ(http.protocol(), "http/1.1");
  EXPECT_EQ(peer("public", {.protocols = "\x02h2"}), "");
}

TEST_F(TlsTest, KnowsCourtSystemsByTheirKeys) {
  start();
  EXPECT_EQ(peer("court-systems", {.identity = &court_system}), named(court_system));
  EXPECT_EQ(peer("court-systems", {.identity = &court_authority}), named(court_authority));
  // The public listener asks nobody.
  EXPECT_EQ(peer("public", {.identity = &court_system}), "public 127.0.0.1 -");
}

TEST_F(TlsTest, RefusesStrangersOnTheCourtListener) {
  start();
  const Identity expired = make_identity("late", &court_authority, true);
  const Identity imposter_authority = make_identity("court authority");
  const Identity imposter = make_identity("court system", &imposter_authority);
  EXPECT_EQ(peer("court-systems", {}), "");
  for (const Identity& bad : {stranger, expired, imposter, imposter_authority}) {
    EXPECT_EQ(peer("court-systems", {.identity = &bad}), "");
  }
}

TEST_F(TlsTest, NewConnectionsSeeAReplacedCertificateAndOldOnesGoOn) {
  start();
  Client open(port(), {});
  ASSERT_EQ(open.ask(get("/peer")).status, 200);
  const std::string before = open.server_certificate();
  const Identity renewed = make_identity("gw.example");
  TlsOptions options;
  options.certificate_chain = renewed.certificate;
  options.private_key = renewed.key;
  auto context = TlsContext::create(options);
  ASSERT_TRUE(context.has_value());
  EXPECT_TRUE(server->replace_tls("public", std::make_shared<TlsContext>(*std::move(context))));
  EXPECT_EQ(open.ask(get("/peer")).status, 200);
  Client later(port(), {});
  EXPECT_EQ(later.ask(get("/peer")).status, 200);
  EXPECT_NE(later.server_certificate(), before);
  EXPECT_EQ(Client(port("court-systems"), {.identity = &court_system}).server_certificate(),
            before);
}

TEST_F(TlsTest, TellsWhenTheFirstOfItsCertificatesEnds) {
  start();
  const auto an_hour_from_now = std::chrono::system_clock::now() + std::chrono::hours(1);
  const auto until = server->tls_until();
  ASSERT_TRUE(until.has_value());
  EXPECT_LT(std::chrono::abs(*until - an_hour_from_now), std::chrono::minutes(10));
  const Identity ended = make_identity("gw.example", nullptr, true);
  TlsOptions options;
  options.certificate_chain = ended.certificate;
  options.private_key = ended.key;
  auto context = TlsContext::create(options);
  ASSERT_TRUE(context.has_value());
  ASSERT_TRUE(server->replace_tls("public", std::make_shared<TlsContext>(*std::move(context))));
  EXPECT_LT(*server->tls_until(), *until - std::chrono::minutes(90));
}

TEST_F(TlsTest, NothingElseIsReplaced) {
  start();
  TlsOptions options;
  options.certificate_chain = server_identity.certificate;
  options.private_key = server_identity.key;
  const auto context = std::make_shared<TlsContext>(*TlsContext::create(options));
  EXPECT_FALSE(server->replace_tls("nobody", context));
  EXPECT_FALSE(server->replace_tls("metrics", context));  // plain stays plain
  EXPECT_FALSE(server->replace_tls("public", nullptr));
  EXPECT_EQ(peer("public", {}), "public 127.0.0.1 -");
  EXPECT_EQ(Client(port("metrics"), {.tls = false}).ask(get("/peer")).status, 200);
}

TEST_F(TlsTest, CanRequestWithoutRequiring) {
  start({}, false, ClientCertificates::kRequested);
  EXPECT_EQ(peer("court-systems", {}), "court-systems 127.0.0.1 -");
  EXPECT_EQ(peer("court-systems", {.identity = &court_system}), named(court_system));
  EXPECT_EQ(peer("court-systems", {.identity = &stranger}), "");
}

TEST_F(TlsTest, ResumesSessionsOfTheirOwnListenerWithTheirKey) {
  for (const int version : {TLS1_3_VERSION, TLS1_2_VERSION}) {
    server.reset();
    start({}, true);
    Client first(port("court-systems"), {.identity = &court_system, .version = version});
    EXPECT_EQ(first.ask(get("/peer")).body, named(court_system));
    SSL_SESSION* const session = first.session();
    {
      Client again(port("court-systems"), {.version = version, .resume = session});
      ASSERT_TRUE(again.connected());
      EXPECT_TRUE(again.resumed());
      EXPECT_EQ(again.ask(get("/peer")).body, named(court_system));
      Client elsewhere(port("public"), {.version = version, .resume = session});
      EXPECT_TRUE(!elsewhere.connected() || !elsewhere.resumed());
    }
    SSL_SESSION_free(session);
  }
}

TEST_F(TlsTest, OffersNoEarlyData) {
  start();
  Client client(port());
  EXPECT_EQ(client.ask(get("/peer")).status, 200);
  SSL_SESSION* const session = client.session();
  EXPECT_EQ(SSL_SESSION_get_max_early_data(session), 0u);
  SSL_SESSION_free(session);
}

TEST_F(TlsTest, CarriesBodiesOfManyRecords) {
  start();
  std::string body(3'000'001, '\0');
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < body.size(); ++i) {
    body[i] = static_cast<char>(i * i >> 7);
    sum += static_cast<unsigned char>(body[i]);
  }
  Client client(port());
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(client.ask(post("/echo?limit=4000000", body)).body, "3000001 " + std::to_string(sum));
  }
}

TEST_F(TlsTest, AnswersWhoEndsWithoutCloseNotify) {
  start();
  Client client(port());
  ASSERT_TRUE(client.send(get("/peer")));
  client.hang_up();
  EXPECT_EQ(client.receive().body, "public 127.0.0.1 -");
  EXPECT_TRUE(client.at_end());
}

TEST_F(TlsTest, TakesNoTruncatedBodyForAWholeOne) {
  start();
  Client client(port());
  ASSERT_TRUE(client.send(request("POST /echo", "Content-Length: 10\r\n", "12345")));
  client.hang_up();
  EXPECT_NE(client.receive().status, 200);
}

TEST_F(TlsTest, EndsConnectionsWithAnAlteredRecord) {
  start();
  Client client(port());
  ASSERT_TRUE(client.send_raw(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x')));
  EXPECT_EQ(client.ask(get("/peer")).status, 0);
  EXPECT_TRUE(client.at_end());
}

TEST_F(TlsTest, ChecksItsOwnFiles) {
  TlsOptions good;
  good.certificate_chain = server_identity.certificate;
  good.private_key = server_identity.key;
  ASSERT_TRUE(TlsContext::create(good).has_value());
  const auto refused = [&good](auto change) {
    TlsOptions options = good;
    change(options);
    const auto context = TlsContext::create(options);
    return !context.has_value() && context.error().code == ErrorCode::kMalformed;
  };
  EXPECT_TRUE(refused([](TlsOptions& o) { o.certificate_chain.clear(); }));
  EXPECT_TRUE(refused([](TlsOptions& o) { o.certificate_chain = "certificate"; }));
  EXPECT_TRUE(refused([](TlsOptions& o) {
    o.certificate_chain += "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  }));
  EXPECT_TRUE(refused([](TlsOptions& o) { o.private_key.clear(); }));
  EXPECT_TRUE(refused([](TlsOptions& o) { o.private_key = stranger.key; }));
  EXPECT_TRUE(refused([](TlsOptions& o) { o.private_key = o.certificate_chain; }));
  EXPECT_TRUE(
      refused([](TlsOptions& o) { o.client_certificates = ClientCertificates::kRequired; }));
}

}  // namespace
}  // namespace heyan::front
