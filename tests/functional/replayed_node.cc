#include "tests/functional/replayed_node.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace heyan::functional {
namespace {

using crypto::CertificateUse;

crypto::SigningKey new_key() {
  return *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEcdsaP256);
}

crypto::CertificateRequest request(CertificateUse use, const std::string& name) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  crypto::CertificateRequest made{.use = use,
                                  .common_name = name,
                                  .dns_names = {},
                                  .addresses = {},
                                  .not_before = now - std::chrono::hours(1),
                                  .not_after = now + std::chrono::hours(24)};
  if (use == CertificateUse::kServer) {
    made.dns_names = {name};
    if (name == "localhost") made.addresses = {"127.0.0.1"};
  }
  return made;
}

std::string pem(const crypto::Certificate& certificate) {
  return crypto::write_pem(certificate.der(), "CERTIFICATE");
}

}  // namespace

TestCertificates::TestCertificates() {
  const crypto::SigningKey authority = new_key();
  const auto ca = *crypto::issue_certificate(request(CertificateUse::kAuthority, "Test CA"),
                                             authority.public_key(), authority, nullptr);
  files["ca.pem"] = pem(ca);
  const auto issue = [&](const std::string& prefix, CertificateUse use, const std::string& name) {
    const crypto::SigningKey key = new_key();
    files[prefix + ".cert.pem"] =
        pem(*crypto::issue_certificate(request(use, name), key.public_key(), authority, &ca));
    files[prefix + ".key.pem"] = key.to_pem();
  };
  issue("server", CertificateUse::kServer, "localhost");
  issue("named", CertificateUse::kServer, "node1.test");
  issue("client", CertificateUse::kClient, "court clerk");
}

void TestCertificates::write_to(const std::filesystem::path& folder) const {
  using std::filesystem::perms;
  for (const auto& [name, text] : files) {
    write_file(folder / name, text);
    if (name.ends_with(".key.pem"))
      std::filesystem::permissions(folder / name, perms::owner_read | perms::owner_write);
  }
}

ReplayedNode::ReplayedNode(const std::filesystem::path& folder, const std::string& behaviour) {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  EXPECT_EQ(::pipe2(in.data(), O_CLOEXEC), 0);
  EXPECT_EQ(::pipe2(out.data(), O_CLOEXEC), 0);
  const std::string script = std::string(HEYAN_SOURCE) + "/tests/functional/node/replay_node.mjs";
  pid_ = ::fork();
  if (pid_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::execlp("node", "node", script.c_str(), folder.c_str(), behaviour.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  stdin_ = in[1];
  char byte = 0;
  while (::read(out[0], &byte, 1) == 1 && byte != '\n') port_ += byte;
  ::close(out[0]);
  EXPECT_FALSE(port_.empty()) << "nodejs is in tests/packages";
}

ReplayedNode::~ReplayedNode() {
  ::close(stdin_);
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

}  // namespace heyan::functional
