// Addresses under which one file is shown for a while, on an origin of its own.
//
// An address holds 256 random bits, and is the only right that is needed: who has it sees that file
// until its time is over, or until the session that asked for it ends. In memory alone: a new start
// knows none. Threat: guesses, and addresses that were kept. Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gateway/store/submission.h"
#include "verifier/core/error.h"

namespace heyan::api {

struct Preview {
  std::string court;
  std::string submission;
  store::StoredFile file;
  std::string frame;      // origin of the page that may frame it
  std::string owner;      // whose: a session, or a court's system
  core::Bytes session{};  // its digest: shown while that goes on; empty: of a court's system
  std::string account{};  // against which what is drawn of it counts
};

class Previews {
 public:
  static constexpr std::chrono::minutes kLife{10};
  static constexpr std::size_t kOfOneOwner = 50;  // the oldest goes where there is one more
  static constexpr std::size_t kAltogether = 2'000;

  struct Granted {
    std::string name;  // 64 hexadecimal digits
    std::int64_t until_ms = 0;
  };
  // kLimit: there are too many; kIo.
  core::Result<Granted> grant(Preview preview, std::int64_t now_ms);
  // Nothing: never granted, or over.
  std::optional<Preview> find(const std::string& name, std::int64_t now_ms);

 private:
  struct Kept {
    Preview preview;
    std::int64_t until_ms = 0;
  };
  void forget(const std::function<bool(const Kept&)>& over);

  std::mutex mutex_;
  std::map<std::string, Kept, std::less<>> kept_;  // by name
};

// What it may be shown as, by its bytes: "image/png" "image/jpeg" "image/gif" "application/pdf" (as
// pictures of its pages), or "text/plain; charset=utf-8" where all of it is text. HTML and SVG are
// text. Empty: not to be shown.
std::string_view picture_type(core::ByteView head);
bool is_plain_text(core::ByteView whole);

// Nothing runs and nothing is loaded; only that page may frame it.
std::string preview_policy(std::string_view frame);

}  // namespace heyan::api
