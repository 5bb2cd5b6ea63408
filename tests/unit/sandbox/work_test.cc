// What a job does works inside: digests and signatures by all libraries, messages, memory, reading
// what was handed over.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <chrono>
#include <map>
#include <stdexcept>

#include "gateway/os/folder.h"
#include "heyan/v1/submission.pb.h"
#include "tests/unit/sandbox/inside.h"
#include "verifier/crypto/signature.h"
#include "verifier/crypto/signing.h"

namespace heyan::sandbox {
namespace {

struct Signed {
  crypto::Scheme scheme;
  crypto::PublicKey key;
  core::Bytes signature;
};

const core::Bytes kMessage = core::to_bytes(std::string_view("a record"));

std::vector<Signed> sign_with_all() {
  std::vector<Signed> all;
  for (const auto& [algorithm, kind, hash] :
       {std::tuple{crypto::KeyAlgorithm::kEcdsaP256, crypto::SignatureKind::kEcdsa,
                   crypto::Hash::kSha256},
        std::tuple{crypto::KeyAlgorithm::kSm2, crypto::SignatureKind::kSm2, crypto::Hash::kSm3},
        std::tuple{crypto::KeyAlgorithm::kEd25519, crypto::SignatureKind::kEd25519,
                   crypto::Hash::kSha512}}) {
    const auto key = crypto::SigningKey::generate(algorithm);
    EXPECT_TRUE(key.has_value());
    const crypto::Scheme scheme{.kind = kind, .hash = hash};
    auto signature = key->sign(scheme, kMessage);
    EXPECT_TRUE(signature.has_value());
    all.push_back({scheme, key->public_key(), *std::move(signature)});
  }
  return all;
}

// 0 where both libraries call each signature valid, and an altered one invalid.
int verify_all(const std::vector<Signed>& all) {
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  for (const Signed& one : all) {
    if (checker.verify(one.key, one.scheme, kMessage, one.signature) !=
        crypto::SignatureOutcome::kValid) {
      return 1;
    }
    if (checker.verify(one.key, one.scheme, core::to_bytes(std::string_view("another")),
                       one.signature) != crypto::SignatureOutcome::kInvalid) {
      return 2;
    }
  }
  for (const crypto::Hash hash : {crypto::Hash::kSha256, crypto::Hash::kSha512, crypto::Hash::kSm3,
                                  crypto::Hash::kSha1, crypto::Hash::kMd5}) {
    if (!checker.digest(hash, kMessage)) return 3;
  }
  return checker.disagreed() ? 4 : 0;
}

class Work : public testing::TestWithParam<Role> {};

TEST_P(Work, SignaturesAndDigestsByAllLibraries) {
  const auto all = sign_with_all();
  ASSERT_EQ(verify_all(all), 0);  // the warm-up
  EXPECT_EQ(inside(GetParam(), [&] { return verify_all(all); }), kFine);
}

TEST_P(Work, KeysAndRandomNumbers) {
  ASSERT_FALSE(sign_with_all().empty());
  EXPECT_EQ(
      inside(GetParam(),
             [] {
               return sign_with_all().size() == 3 && crypto::random_bytes(32).size() == 32 ? 0 : 1;
             }),
      kFine);
}

TEST_P(Work, Messages) {
  EXPECT_EQ(inside(GetParam(),
                   [] {
                     v1::Submission submission;
                     for (int i = 0; i < 1000; ++i) submission.add_evidence()->set_id("E-1");
                     v1::Submission again;
                     return again.ParseFromString(submission.SerializeAsString()) &&
                                    again.evidence_size() == 1000
                                ? 0
                                : 1;
                   }),
            kFine);
}

TEST_P(Work, MemoryThatGrowsAndShrinks) {
  EXPECT_EQ(inside(GetParam(),
                   [] {
                     for (int turn = 0; turn < 4; ++turn) {
                       std::map<int, std::string> small;
                       for (int i = 0; i < 20000; ++i) small[i] = std::string(40, 'x');
                       std::vector<char> large;
                       while (large.size() < (std::size_t{48} << 20)) {
                         large.resize(large.size() * 2 + (1u << 20));
                       }
                     }
                     return 0;
                   }),
            kFine);
}

TEST_P(Work, Exceptions) {
  EXPECT_EQ(inside(GetParam(),
                   [] {
                     try {
                       throw std::runtime_error("x");
                     } catch (const std::runtime_error&) {
                       return 0;
                     }
                     return 1;
                   }),
            kFine);
}

TEST_P(Work, Clocks) {
  EXPECT_EQ(inside(GetParam(),
                   [] {
                     return std::chrono::system_clock::now().time_since_epoch().count() > 0 ? 0 : 1;
                   }),
            kFine);
}

TEST_P(Work, AFileThatWasHandedOver) {
  os::Descriptor file(::memfd_create("evidence", MFD_CLOEXEC));
  const std::string content(3u << 20, 'x');
  ASSERT_EQ(::write(file.get(), content.data(), content.size()),
            static_cast<ssize_t>(content.size()));
  const auto state = os::state_of(file);
  ASSERT_TRUE(state.has_value());
  const os::OpenFile evidence(std::move(file), *state);
  EXPECT_EQ(inside(GetParam(),
                   [&] {
                     os::MemorySink sink(content.size());
                     const auto reading = evidence.read_all(sink);
                     return reading && !reading->changed && reading->size == content.size() ? 0 : 1;
                   }),
            kFine);
}

INSTANTIATE_TEST_SUITE_P(Roles, Work, testing::ValuesIn(kRoles), role_name);

// A child and its sandbox cost about a millisecond. Twenty times that is a
// mistake, such as compiling the filter in each child.
TEST(Cost, OfAChildIsSmall) {
  if (kSanitized) GTEST_SKIP() << "a sanitizer's processes are large";
  const auto sandbox = Sandbox::prepare(default_profile(Role::kJudge));
  ASSERT_TRUE(sandbox.has_value());
  constexpr int kChildren = 50;
  const auto started = std::chrono::steady_clock::now();
  for (int i = 0; i < kChildren; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(sandbox->enter() ? 0 : 1);
    ASSERT_EQ(ending_of(child), kFine);
  }
  const std::chrono::duration<double, std::milli> spent =
      std::chrono::steady_clock::now() - started;
  RecordProperty("milliseconds_a_child", std::to_string(spent.count() / kChildren));
  EXPECT_LT(spent.count() / kChildren, 20.0);
}

}  // namespace
}  // namespace heyan::sandbox
