// A receiver with one case begun, whose file is awaited, beside a box and a signer that answer.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <iterator>

#include "gateway/service/receiver.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"

namespace heyan::service {

inline constexpr std::string_view kPath = "files/a";
inline constexpr std::size_t kSize = 9u << 20;
inline const std::string kMetadata =
    "submission aWQ=,path ZmlsZXMvYQ==,filename eA==, is_confidential";
inline constexpr std::chrono::milliseconds kLife = std::chrono::hours(1);
inline constexpr store::StoredLimits kLimits{.file_bytes = 2 * kSize,
                                             .submission_bytes = 2 * kSize};

class UploadsTest : public testing::Test {
 protected:
  UploadsTest() {
    std::filesystem::create_directories(folder_ / "staging");
    std::ranges::generate(content_, [n = 0u]() mutable { return static_cast<char>(++n * 7 / 3); });
    EXPECT_TRUE(begin_case("id", "key"));
  }

  std::expected<std::string, Refused> begin_case(const std::string& id, const std::string& key) {
    Staged staged(store::StagingFiles::create(folder_ / "staging", id).value());
    EXPECT_TRUE(staged.begin(kCaseFile).has_value());
    EXPECT_TRUE(staged.append(core::as_bytes("{}")).has_value());
    EXPECT_TRUE(staged.finish().has_value());
    v1::Session session;
    session.mutable_court()->set_code("0491");
    session.set_account_id("a");
    session.set_authentication(authentication_);
    session.set_received_at_ms(1000);
    return receiver_->begin(id, staged, session, {key, fingerprint_of(staged)});
  }

  struct Anew {
    store::StoredLimits limits = kLimits;
    std::size_t most_digesting = 1000;
  };
  std::unique_ptr<Receiver> start(const Anew& with) {
    return Receiver::start(
               {.folder = folder_ / "uploads",
                .life = kLife,
                .most_digesting = with.most_digesting,
                .now_ms = [this] { return now_ms_.load(); },
                .steady = [this] { return std::chrono::steady_clock::now() + later_.load(); },
                .has_room = [this](std::uint64_t bytes) { return has_room_(bytes); },
                .accepted = {},
                .not_accepted =
                    [this](const std::string& submission, const core::Error&) {
                      if (submission == "id") ++not_accepted_;
                    }},
               {*store_, *vault_, signer_, boxes_, keys_, nullptr, with.limits})
        .value();
  }
  // As a program that ends and begins again.
  void restart(const Anew& with) {
    receiver_.reset();
    receiver_ = start(with);
  }

  std::string begin(const core::Bytes& expected = {}) {
    return receiver_->begin_upload(scope_, "id", std::string(kPath), kSize, expected, kMetadata)
        .value();
  }
  core::ByteView bytes(std::size_t from, std::size_t to) const {
    return core::as_bytes(content_).subspan(from, to - from);
  }
  core::Bytes digest() const { return crypto::sha256(core::as_bytes(content_)); }
  std::size_t files_kept() const {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator(folder_ / "uploads" / "id"),
                      std::filesystem::directory_iterator()));
  }
  // The submission was accepted, and the vault holds what its rows and its receipt say.
  void expect_accepted() {
    const auto files = store_->files("id", scope_).value();
    ASSERT_EQ(files.size(), 2u);
    EXPECT_EQ(files[1].sha256, digest());
    auto stored = vault_->open_read({"0491", "id"}, files[1].sha256);
    ASSERT_TRUE(stored.has_value());
    std::string kept(kSize, '\0');
    ASSERT_EQ(::pread(stored->get(), kept.data(), kSize, 0), static_cast<ssize_t>(kSize));
    EXPECT_TRUE(kept == content_);
  }

  v1::Authentication authentication_ = v1::AUTHENTICATION_PASSWORD;
  os::TemporaryFolder folder_;
  std::string content_ = std::string(kSize, '\0');
  store::Scope scope_ = store::Scope::of_account("0491", "a");
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  std::atomic<bool> signer_is_away_ = false;
  std::atomic<int> not_accepted_ = 0;
  std::atomic<int> asked_for_time_ = 0;
  std::atomic<std::int64_t> now_ms_ = 1000;
  std::atomic<std::chrono::minutes> later_{};  // by the clock that nobody sets
  std::function<bool(std::uint64_t)> has_room_ = [](std::uint64_t) { return true; };
  SignerSide signer_side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    if (asks.has_backlog()) ++asked_for_time_;
    if (signer_is_away_) return gets;
    if (asks.has_backlog())
      gets.mutable_backlog();
    else
      gets.mutable_receipt()->set_jws("receipt");
    return gets;
  }};
  OtherSide box_side_{[](ipc::Channel channel) {
    const auto asked = channel.receive(ipc::kNever, ipc::Descriptors::kOne);
    v1::BoxAnswer answer;
    v1::Item& item = *answer.mutable_submission()->add_evidence();
    item.mutable_file()->set_path(std::string(kPath));
    if (asked) static_cast<void>(channel.send(ipc::MessageType::kBoxAnswer, answer));
  }};
  SignerClient signer_{signer_side_.front()};
  ipc::Doors boxes_{box_side_.front(), ipc::kBoxFrameBytes};
  KeysInUse keys_;
  std::unique_ptr<Receiver> receiver_ = start(Anew{});
};

}  // namespace heyan::service
