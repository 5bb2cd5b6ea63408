#include "gateway/service/sealer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

namespace fs = std::filesystem;

core::Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class SealerTest : public testing::Test {
 protected:
  SealerTest() {
    const auto key = folder_.write("vault.key", std::string(64, 'a') + "\n");
    fs::permissions(key, fs::perms(0600));
    folder_.write("staging/.keep", "");
  }
  std::unique_ptr<store::Vault> open(bool encrypted) {
    return store::Vault::open(
               folder_ / "vault",
               store::vault_encryption(
                   encrypted ? std::optional(crypto::Aead::kAes256Gcm) : std::nullopt,
                   folder_ / "vault.key", folder_ / "staging")
                   .value())
        .value();
  }
  void file(const std::string& court, const std::string& id, const std::string& content) {
    const store::StagedFile staged{.path = folder_.write("staging/x", content),
                                   .sha256 = sha256(content)};
    EXPECT_TRUE(vault_->put_from_staging({court, id}, std::span(&staged, 1)).has_value());
    const store::IdempotencyKey key{id, core::Bytes(32, 1)};
    EXPECT_TRUE(store_
                    ->accept({.id = id,
                              .court = court,
                              .account = "a",
                              .received_at_ms = 1000,
                              .intake_index = ++intakes_,
                              .receipt = core::to_bytes("r"),
                              .session = core::to_bytes("s"),
                              .files = {{"case.json", content.size(), sha256(content)}}},
                             &key)
                    .has_value());
  }
  // What it says when it has ended; nothing where it says nothing.
  std::optional<Sealer::Sealed> seal() {
    std::optional<Sealer::Sealed> said;
    std::atomic<bool> ended = false;
    {
      const Sealer sealer({.courts = {"0491"},
                           .on_done =
                               [&](const Sealer::Sealed& sealed) {
                                 said = sealed;
                                 ended = true;
                               }},
                          *store_, *vault_);
      for (int i = 0; i < 200 && !ended; ++i) ::usleep(5'000);
    }
    return said;
  }
  fs::path plain(const std::string& court, const std::string& content) {
    return folder_ / "vault" / store::place_in_vault(court, sha256(content)).value();
  }
  fs::path sealed(const std::string& court, const std::string& id, const std::string& content) {
    return folder_ / "vault" / store::sealed_place({court, id}, sha256(content)).value();
  }
  std::string read(const std::string& court, const std::string& id, const std::string& content) {
    const auto opened = vault_->open_read({court, id}, sha256(content));
    if (!opened) return std::string(core::name(opened.error().code));
    std::string found(100, '\0');
    found.resize(static_cast<std::size_t>(
        std::max<ssize_t>(::read(opened->get(), found.data(), found.size()), 0)));
    return found;
  }

  os::TemporaryFolder folder_;
  std::uint64_t intakes_ = 0;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
};

TEST_F(SealerTest, WhatWasFiledBeforeIsEncryptedForEachOfItsSubmissions) {
  file("0491", "one", "same");
  file("0491", "two", "same");
  file("0491", "three", "other");
  file("0192", "four", "same");
  vault_ = open(true);
  EXPECT_EQ(read("0491", "one", "same"), "same");
  const auto said = seal();
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->files, 4u);
  EXPECT_EQ(said->left, 0u);
  for (const char* court : {"0491", "0192"}) {
    EXPECT_FALSE(fs::exists(plain(court, "same"))) << court;
    EXPECT_TRUE(vault_->is_all_sealed(court)) << court;
  }
  EXPECT_FALSE(fs::exists(plain("0491", "other")));
  EXPECT_EQ(read("0491", "one", "same"), "same");
  EXPECT_EQ(read("0491", "two", "same"), "same");
  EXPECT_EQ(read("0491", "three", "other"), "other");
  EXPECT_EQ(read("0192", "four", "same"), "same");
  EXPECT_FALSE(seal().has_value());
}

TEST_F(SealerTest, ManySubmissionsAreLookedThroughPageByPage) {
  for (int i = 0; i < 210; ++i) file("0491", std::to_string(i), "content " + std::to_string(i));
  vault_ = open(true);
  for (int tries = 0; tries < 20 && !vault_->is_all_sealed("0491"); ++tries) seal();
  for (int i = 0; i < 210; ++i) {
    const std::string content = "content " + std::to_string(i);
    ASSERT_FALSE(fs::exists(plain("0491", content))) << i;
    ASSERT_EQ(read("0491", std::to_string(i), content), content);
  }
}

TEST_F(SealerTest, ADamagedFileStaysAsItIsAndOthersAreEncrypted) {
  file("0491", "one", "damaged");
  file("0491", "two", "whole");
  fs::permissions(plain("0491", "damaged"), fs::perms::owner_all);
  std::ofstream(plain("0491", "damaged")) << "other";
  vault_ = open(true);
  for (int tries = 0; tries < 2; ++tries) {
    const auto said = seal();
    ASSERT_TRUE(said.has_value());
    EXPECT_EQ(said->files, tries == 0 ? 1u : 0u);
    EXPECT_EQ(said->left, 1u);
    EXPECT_EQ(read("0491", "one", "damaged"), "other");
    EXPECT_FALSE(fs::exists(sealed("0491", "one", "damaged")));
    EXPECT_EQ(read("0491", "two", "whole"), "whole");
    EXPECT_FALSE(fs::exists(plain("0491", "whole")));
    EXPECT_FALSE(vault_->is_all_sealed("0491"));
  }
}

TEST_F(SealerTest, APlainFileStaysUntilTheEncryptedOneOpens) {
  file("0491", "one", "same");
  const fs::path place = sealed("0491", "one", "same");
  fs::create_directories(place.parent_path());
  std::ofstream(place) << "what an interrupted run left";
  vault_ = open(true);
  const auto said = seal();
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->left, 1u);
  EXPECT_TRUE(fs::exists(plain("0491", "same")));
}

TEST_F(SealerTest, SoItDoesWhereItsKeyIsThere) {
  vault_ = open(true);
  file("0491", "one", "same");
  const fs::path place = sealed("0491", "one", "same");
  fs::permissions(place, fs::perms::owner_all);
  std::fstream(place, std::ios::in | std::ios::out | std::ios::binary).seekp(-1, std::ios::end)
      << 'x';
  const fs::path before = plain("0491", "same");
  fs::create_directories(before.parent_path());
  std::ofstream(before) << "same";
  const auto said = seal();
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->left, 1u);
  EXPECT_TRUE(fs::exists(before));
}

TEST_F(SealerTest, WhatBecomesPlainLaterIsEncryptedLater) {
  vault_ = open(true);
  file("0491", "one", "one");
  seal();
  EXPECT_TRUE(vault_->is_all_sealed("0491"));
  vault_ = open(false);
  EXPECT_FALSE(vault_->is_all_sealed("0491"));
  file("0491", "two", "two");
  EXPECT_TRUE(fs::exists(plain("0491", "two")));
  vault_ = open(true);
  EXPECT_FALSE(vault_->is_all_sealed("0491"));
  const auto said = seal();
  ASSERT_TRUE(said.has_value());
  EXPECT_EQ(said->files, 1u);
  EXPECT_FALSE(fs::exists(plain("0491", "two")));
  EXPECT_EQ(read("0491", "one", "one"), "one");
  EXPECT_EQ(read("0491", "two", "two"), "two");
}

// Of a request that was cut off before the vault was encrypted.
TEST_F(SealerTest, WhatIsStillToBeAcceptedKeepsItsFile) {
  file("0491", "one", "same");
  ASSERT_TRUE(store_
                  ->begin_receiving({.id = "two",
                                     .court = "0491",
                                     .account = "a",
                                     .session = core::to_bytes("s"),
                                     .key = {"two", core::Bytes(32, 2)},
                                     .created_at_ms = 1,
                                     .expires_at_ms = 1,
                                     .files = {{"case.json", 4, sha256("same")}}})
                  .has_value());
  vault_ = open(true);
  ASSERT_TRUE(seal().has_value());
  EXPECT_FALSE(fs::exists(plain("0491", "same")));
  EXPECT_EQ(read("0491", "two", "same"), "same");
}

}  // namespace
}  // namespace heyan::service
