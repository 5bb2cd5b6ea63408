// What a running gateway goes by, and what its workers are handed, whatever lies in its place.
#include "gateway/cli/trust_in_force.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <fstream>

#include "gateway/keys/trust_in_force.h"
#include "gateway/setup/bundle.h"
#include "gateway/setup/development.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::cli {
namespace {

using std::filesystem::path;
using supervisor::Offer;

const core::UtcTime kNow = *core::parse_rfc3339("2026-11-24T09:00:00Z");

class TrustInForceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto made =
        setup::make_development({.state = state_,
                                 .sample = path(HEYAN_SOURCE) / "gateway/sample/trust",
                                 .port = 9000,
                                 .now = kNow});
    ASSERT_TRUE(made.has_value()) << made.error().what;
    const auto config = ops::load_config(*made);
    ASSERT_TRUE(config.has_value());
    config_ = *config;
  }
  std::expected<keys::CourtTrust, intake::Refusal> read_by_a_worker(int sealed) const {
    return keys::read_sealed_trust(os::Descriptor(::dup(sealed)), config_.trust,
                                   config_.production);
  }
  // What a program reads that is handed it: as often as one likes.
  std::int64_t version_in(const supervisor::Trust& trust) const {
    std::int64_t version = 0;
    for (int time = 0; time < 2; ++time) {
      const auto read = read_by_a_worker(trust.sealed);
      EXPECT_TRUE(read.has_value());
      if (read) version = read->list.list.version;
    }
    return version;
  }
  static void put(const path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
  }
  // As a person edits it, whom the court has not seen yet.
  void edit(std::int64_t version) const {
    std::string text = os::content_of(list_);
    const std::size_t at = text.find("\nversion = ") + 1;
    text.replace(at, text.find('\n', at) - at, "version = " + std::to_string(version));
    put(list_, text);
  }
  void sign() const {
    const path keys[] = {state_ / "court/court-1.key.pem", state_ / "court/court-2.key.pem"};
    const auto document = setup::sign_bundle({.trust_list = list_,
                                              .policy = {},
                                              .id = {},
                                              .version = std::nullopt,
                                              .issued = kNow,
                                              .next_update = std::nullopt},
                                             keys);
    ASSERT_TRUE(document.has_value()) << document.error().what;
    put(config_.trust.bundle, *document);
  }

  os::TemporaryFolder folder_;
  path state_ = folder_ / "state";
  path list_ = state_ / "trust/trust.toml";
  ops::Config config_;
};

TEST_F(TrustInForceTest, WhatIsHandedIsWhatTheCourtSigned) {
  TrustInForce trust(config_);
  const supervisor::Trust taken = trust.take();
  EXPECT_EQ(taken.refused, "");
  const auto read = read_by_a_worker(taken.sealed);
  ASSERT_TRUE(read.has_value()) << read.error().what;
  const auto signed_by_court = keys::load_court_trust(config_.trust, config_.production);
  ASSERT_TRUE(signed_by_court.has_value());
  EXPECT_EQ(read->list.list.digest, signed_by_court->bundle.trust_list);
  EXPECT_EQ(read->policy.policy.digest, signed_by_court->bundle.policy);
  EXPECT_EQ(read->bundle, signed_by_court->bundle);
}

// Whoever starts a worker is not believed by it.
TEST_F(TrustInForceTest, WhatTheCourtDidNotSignIsRefusedByWhoIsHandedIt) {
  const auto good = keys::load_court_trust(config_.trust, config_.production);
  ASSERT_TRUE(good.has_value());
  const auto refused = [&](const keys::CourtTrust& trust) {
    const auto sealed = keys::seal_trust(trust);
    EXPECT_TRUE(sealed.has_value());
    const auto read = read_by_a_worker(sealed->get());
    return read ? core::ErrorCode::kUnknown : read.error().code;
  };
  EXPECT_EQ(refused(*good), core::ErrorCode::kUnknown);
  keys::CourtTrust other = *good;
  edit(2);
  other.list = intake::load_trust(list_).value();
  EXPECT_EQ(refused(other), core::ErrorCode::kChanged) << "another list";
  other = *good;
  other.document[other.document.size() / 2] ^= 1;
  EXPECT_NE(refused(other), core::ErrorCode::kUnknown) << "another signature";
  other.document.clear();
  EXPECT_NE(refused(other), core::ErrorCode::kUnknown) << "none";
  config_.trust.at_least = config_.trust.keys.size() + 1;
  EXPECT_NE(refused(*good), core::ErrorCode::kUnknown) << "too few";
}

TEST_F(TrustInForceTest, MemoryOfAnotherKindIsRefused) {
  for (const std::string_view text : {"", "x", "5", "5\n", "5\nabc", "-1\nabc", "0\n\xff"}) {
    os::Descriptor memory(::memfd_create("another", 0));
    ASSERT_EQ(::write(memory.get(), text.data(), text.size()), std::ssize(text));
    EXPECT_FALSE(read_by_a_worker(memory.get()).has_value()) << text;
  }
}

TEST_F(TrustInForceTest, NobodyChangesWhatIsHanded) {
  TrustInForce trust(config_);
  const int sealed = trust.take().sealed;
  EXPECT_LT(::pwrite(sealed, "x", 1, 0), 0);
  EXPECT_NE(::ftruncate(sealed, 0), 0);
}

TEST_F(TrustInForceTest, WhatIsRefusedChangesNothingThatIsHanded) {
  edit(2);
  sign();
  TrustInForce trust(config_);
  ASSERT_EQ(version_in(trust.take()), 2);
  edit(3);
  for (const bool by_nobody : {true, false}) {
    if (!by_nobody) {
      edit(1);  // an older one
      sign();
    }
    EXPECT_EQ(trust.look().what, Offer::Is::kRefused);
    const supervisor::Trust taken = trust.take();
    EXPECT_NE(taken.refused, "");
    EXPECT_EQ(version_in(taken), 2);
  }
  edit(3);
  sign();
  EXPECT_EQ(trust.look().what, Offer::Is::kNew);
  EXPECT_EQ(version_in(trust.take()), 3);
  EXPECT_EQ(trust.look().what, Offer::Is::kSame);
}

TEST_F(TrustInForceTest, WithoutOneThatTheCourtSignedNothingIsHanded) {
  edit(2);
  TrustInForce trust(config_);
  const supervisor::Trust taken = trust.take();
  EXPECT_LT(taken.sealed, 0);
  EXPECT_NE(taken.refused, "");
}

}  // namespace
}  // namespace heyan::cli
