#include "tests/unit/front/fixture.h"

namespace heyan::front {

void ServerTest::SetUpTestSuite() {
  if (!server_identity.key.empty()) return;
  server_identity = make_identity("gw.example");
  court_authority = make_identity("court authority");
  court_system = make_identity("court system", &court_authority);
  stranger = make_identity("stranger");
}

void ServerTest::start(const ServerOptions& options, bool tls12, ClientCertificates certificates) {
  TlsOptions tls;
  tls.certificate_chain = server_identity.certificate;
  tls.private_key = server_identity.key;
  tls.tls12 = tls12;
  auto open = TlsContext::create(tls);
  ASSERT_TRUE(open.has_value()) << open.error().text;
  tls.client_certificates = certificates;
  tls.client_anchors = court_authority.certificate;
  auto mutual = TlsContext::create(tls);
  ASSERT_TRUE(mutual.has_value()) << mutual.error().text;
  std::vector<ListenerOptions> listeners(3);
  listeners[0].name = "public";
  listeners[0].connections = public_connections;
  listeners[0].balancers = balancers;
  listeners[0].tls = std::make_shared<TlsContext>(*std::move(open));
  listeners[1].name = "court-systems";
  listeners[1].balancers = balancers;
  listeners[1].tls = std::make_shared<TlsContext>(*std::move(mutual));
  listeners[2].name = "metrics";
  ServerOptions chosen = options;
  chosen.on_event = [this](std::string_view event) {
    const std::lock_guard lock(mutex);
    events.emplace_back(event);
  };
  chosen.on_answered = [this](const Answered& one) {
    const std::lock_guard lock(mutex);
    answered.emplace_back(one.method, one.status);
    submissions.emplace_back(one.submission);
    sent_bytes.push_back(one.answer_bytes);
  };
  auto listening = listen_on(listeners);
  ASSERT_TRUE(listening.has_value()) << listening.error().text;
  auto started = Server::start(chosen, *std::move(listening), handler);
  ASSERT_TRUE(started.has_value()) << started.error().text;
  server = *std::move(started);
}

}  // namespace heyan::front
