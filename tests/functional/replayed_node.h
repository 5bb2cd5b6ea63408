// A node on loopback that replays answers, and the file of nodes that names it.
#pragma once

#include <sys/types.h>

#include <map>

#include "tests/functional/process.h"
#include "verifier/crypto/issuing.h"
#include "verifier/crypto/pem.h"

namespace heyan::functional {

// The authority, server and client of one test.
struct TestCertificates {
  TestCertificates();
  void write_to(const std::filesystem::path& folder) const;  // ca, server.*, client.*

  std::map<std::string, std::string> files;  // by name, PEM
};

class ReplayedNode {
 public:
  // `behaviour`: of replay_node.mjs. What `folder` holds is answered.
  ReplayedNode(const std::filesystem::path& folder, const std::string& behaviour);
  ~ReplayedNode();
  ReplayedNode(const ReplayedNode&) = delete;
  ReplayedNode& operator=(const ReplayedNode&) = delete;

  const std::string& port() const { return port_; }

 private:
  pid_t pid_ = 0;
  int stdin_ = -1;
  std::string port_;
};

}  // namespace heyan::functional
