// What an attack on the signer needs: reports issued, what was published, backups put back.
#pragma once

#include <array>

#include "gateway/os/folder.h"
#include "tests/unit/signer/fixture.h"
#include "verifier/report/log_entry.h"

namespace heyan::signer {

class Attack : public SignerTest {
 protected:
  Attack() { start(); }

  struct Issued {
    v1::SignerBegin begin;
    v1::SignerBegun begun;
    v1::SignerSigned answer;
  };
  Issued issue(const std::string& submission, std::uint32_t version, std::uint64_t intake,
               const std::string& supersedes = {}) {
    Issued issued{
        .begin = begin_of(submission, version, intake, supersedes), .begun = {}, .answer = {}};
    issued.begun = this->begin(issued.begin);
    issued.answer = sign(issued.begin, report_of(issued.begun));
    return issued;
  }
  v1::Backlog backlog() {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    const v1::FrontGets gets = ask(asks);
    EXPECT_TRUE(gets.has_backlog()) << gets.refusal().code();
    return gets.backlog();
  }
  std::uint64_t log_size() { return backlog().log_size(); }

  std::vector<report::LogEntry> published() const {
    const auto width = std::to_string(signer_log_size());
    const auto bytes =
        *os::read_named_file(folder_ / ("log/tile/entries/000.p/" + width), 1u << 20);
    std::vector<report::LogEntry> entries;
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t length = std::size_t{bytes[at]} << 8 | bytes[at + 1];
      entries.push_back(*report::parse_log_entry(core::ByteView(bytes).subspan(at + 2, length)));
      at += 2 + length;
    }
    return entries;
  }
  std::uint64_t signer_log_size() const {
    v1::FrontAsks asks;
    asks.mutable_backlog();
    return ask(asks).backlog().log_size();
  }
  // The whole state as a backup has it.
  void back_up(const std::string& name) {
    signer_.reset();
    place_->back_up(name);
    start();
  }
  void restore(const std::string& name) {
    signer_.reset();
    place_->restore(name);
  }
};

}  // namespace heyan::signer
