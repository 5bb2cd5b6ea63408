// A trail in a folder of its own, by a clock that stands still, and hands that change its files.
#pragma once

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "gateway/audit/trail.h"
#include "gateway/audit/verify.h"
#include "tests/unit/os/temporary_folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::audit {

using std::filesystem::path;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

inline const core::UtcTime kStart = *core::parse_rfc3339("2026-11-24T09:00:00Z");

class AuditTest : public ::testing::Test {
 protected:
  TrailSettings settings(const std::string& writer = "front") {
    return {.folder = folder_ / writer,
            .writer = writer,
            .keep = std::chrono::days(366),
            .now = [this] { return now_; },
            .segment_bytes = segment_bytes_};
  }
  std::unique_ptr<Trail> open(const std::string& writer = "front") {
    auto trail = Trail::open(settings(writer));
    EXPECT_TRUE(trail.has_value()) << trail.error().text;
    return trail ? *std::move(trail) : nullptr;
  }
  core::ErrorCode refused(const std::string& writer = "front") {
    const auto trail = Trail::open(settings(writer));
    return trail ? core::ErrorCode::kUnknown : trail.error().code;
  }
  static Entry sign_in(const std::string& account) {
    return {.event = Event::kSignIn, .actor = "person:" + account};
  }
  // `count` records of sign-ins after what there is.
  void fill(Trail& trail, int count) {
    for (int i = 0; i < count; ++i) {
      now_ += std::chrono::seconds(1);
      EXPECT_TRUE(trail.append(sign_in("p" + std::to_string(filled_++))).has_value());
    }
  }

  std::vector<std::string> lines(const path& file) const {
    std::ifstream stream(file);
    std::vector<std::string> all;
    for (std::string line; std::getline(stream, line);) all.push_back(line);
    return all;
  }
  static void write(const path& file, const std::vector<std::string>& lines) {
    std::ofstream stream(file, std::ios::trunc | std::ios::binary);
    for (const std::string& line : lines) stream << line << '\n';
  }
  static void append_to(const path& file, std::string_view bytes) {
    std::ofstream(file, std::ios::app | std::ios::binary) << bytes;
  }
  path first_file(const std::string& writer = "front") const {
    return folder_ / writer / segment_name(0);
  }

  // What is wrong, by word.
  std::vector<std::string> findings(std::span<const LoggedHead> heads = {},
                                    const std::string& writer = "front") const {
    const auto verified = verify(folder_ / writer, heads, now_);
    if (!verified) return {std::string(verified.error().text)};
    std::vector<std::string> words;
    for (const TrailFinding& one : verified->findings) words.emplace_back(one.word);
    return words;
  }
  LoggedHead logged(const Trail& trail) const {
    const Head head = trail.head();
    return {head.writer, head.trail, head.record, head.sha256, head.sm3, now_};
  }

  os::TemporaryFolder folder_;
  core::UtcTime now_ = kStart;
  int filled_ = 0;
  std::size_t segment_bytes_ = 16u << 20;
};

}  // namespace heyan::audit
