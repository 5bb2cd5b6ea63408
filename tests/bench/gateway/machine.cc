#include "tests/bench/gateway/machine.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <functional>

#include "tests/bench/gateway/installation.h"
#include "verifier/crypto/signature.h"

namespace heyan::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kWhile{700};

double per_second(const std::function<void()>& act) {
  std::size_t count = 0;
  const auto start = Clock::now();
  for (; Clock::now() - start < kWhile; ++count) act();
  return static_cast<double>(count) / std::chrono::duration<double>(Clock::now() - start).count();
}

void append_block(int file) {
  static constexpr char kBlock[4096] = {};
  if (::write(file, kBlock, sizeof kBlock) != sizeof kBlock || ::fsync(file) != 0) {
    give_up("the disk does not take a file");
  }
}

}  // namespace

double verified_per_second(const ledgers::fabric::testing::Network& network) {
  const core::Bytes message(1000, 'm');
  const crypto::Scheme scheme{.encoding = crypto::SignatureEncoding::kRs};
  const core::Bytes signature = *network.peer_a.key.sign(scheme, message);
  const crypto::Engines engines = crypto::production_engines();
  const crypto::PublicKey key = network.peer_a.key.public_key();
  return per_second([&] {
    if (!engines.first->verify(key, scheme, message, signature) ||
        !engines.second->verify(key, scheme, message, signature)) {
      give_up("a good signature does not verify");
    }
  });
}

double durable_files_per_second(const std::filesystem::path& folder) {
  const std::string temporary = folder / "bench.new";
  const std::string final = folder / "bench";
  const int there = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const double rate = per_second([&] {
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    append_block(file);
    ::close(file);
    if (::rename(temporary.c_str(), final.c_str()) != 0 || ::fsync(there) != 0) {
      give_up("the disk does not take a name");
    }
  });
  ::close(there);
  ::unlink(final.c_str());
  return rate;
}

double durable_appends_per_second(const std::filesystem::path& folder) {
  const std::string path = folder / "bench.log";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const double rate = per_second([&] { append_block(file); });
  ::close(file);
  ::unlink(path.c_str());
  return rate;
}

}  // namespace heyan::bench
