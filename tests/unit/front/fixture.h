// A server with a public, a court-system and a plain listener, on free ports.
#pragma once

#include <gmock/gmock.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gateway/front/server.h"
#include "tests/unit/front/client.h"
#include "tests/unit/front/identity.h"
#include "tests/unit/front/test_handler.h"

namespace heyan::front {

inline std::string request(const std::string& line, const std::string& more = "",
                           const std::string& body = "") {
  return line + " HTTP/1.1\r\nHost: gw.example\r\n" + more + "\r\n" + body;
}
inline std::string get(const std::string& target, const std::string& more = "") {
  return request("GET " + target, more);
}
inline std::string post(const std::string& target, const std::string& body,
                        const std::string& more = "") {
  return request("POST " + target, more + "Content-Length: " + std::to_string(body.size()) + "\r\n",
                 body);
}
inline std::string chunked(const std::string& target, const std::string& coded) {
  return request("POST " + target, "Transfer-Encoding: chunked\r\n", coded);
}

class ServerTest : public testing::Test {
 protected:
  static void SetUpTestSuite();

  void start(const ServerOptions& options = {}, bool tls12 = false,
             ClientCertificates certificates = ClientCertificates::kRequired);
  std::uint16_t port(std::string_view listener = "public") const { return server->port(listener); }

  static inline Identity server_identity, court_authority, court_system, stranger;
  TestHandler handler;
  std::size_t public_connections = 0;  // of that listener; 0: as the options have it
  std::vector<std::string> balancers;  // of that listener and the court systems'
  mutable std::mutex mutex;
  std::vector<std::string> events;
  std::vector<std::pair<std::string, int>> answered;
  std::vector<std::string> submissions;
  std::vector<std::uint64_t> sent_bytes;
  std::unique_ptr<Server> server;
};

}  // namespace heyan::front
