#include "gateway/worker/record_desk.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace heyan::worker {
namespace {

using core::json::Value;

constexpr char kRecorded = 'r';
constexpr int kPatienceMs = 60'000;
constexpr std::size_t kTextBytes = 128;
constexpr core::Limits kSmall{
    .json_bytes = kJudgementBytes, .json_depth = 2, .json_nodes = 64, .string_bytes = kTextBytes};
constexpr std::array<std::string_view, 5> kTexts = {"report", "payload", "record", "verdict",
                                                    "reason"};

// Identifiers, digests and codes.
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kTextBytes && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_';
  });
}

}  // namespace

bool RecordSlip::hand_in(const Value& judgement) {
  const std::string line = core::json::write_canonical(judgement) + '\n';
  for (std::size_t done = 0; done < line.size();) {
    const ssize_t count = ::write(socket_.get(), line.data() + done, line.size() - done);
    if (count <= 0) return false;
    done += static_cast<std::size_t>(count);
  }
  pollfd answer{.fd = socket_.get(), .events = POLLIN, .revents = 0};
  char byte = 0;
  const bool recorded = ::poll(&answer, 1, kPatienceMs) == 1 &&
                        ::read(socket_.get(), &byte, 1) == 1 && byte == kRecorded;
  socket_.reset();
  return recorded;
}

core::Result<int> RecordDesk::prepare() {
  HEYAN_TRY(ipc::Pair pair, ipc::make_pair());
  waiting_.push_back({.socket = std::move(pair.a), .bytes = {}});
  next_ = std::move(pair.b);
  return next_.get();
}

std::vector<int> RecordDesk::sockets() const {
  std::vector<int> all;
  for (const Waiting& one : waiting_) all.push_back(one.socket.get());
  return all;
}

void RecordDesk::serve(const std::vector<int>& ready) {
  std::erase_if(waiting_, [&](Waiting& one) {
    return std::ranges::find(ready, one.socket.get()) != ready.end() && !read(one);
  });
}

bool RecordDesk::read(Waiting& waiting) {
  std::array<char, kJudgementBytes> piece{};
  const ssize_t count = ::read(waiting.socket.get(), piece.data(), piece.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;  // it ended, or had nothing to say
  waiting.bytes.append(piece.data(), static_cast<std::size_t>(count));
  if (!waiting.bytes.ends_with('\n')) return waiting.bytes.size() < kJudgementBytes;
  waiting.bytes.pop_back();
  const auto entry = entry_of(waiting.bytes);
  if (!entry || !trail_.append(*entry)) return false;
  static_cast<void>(!::write(waiting.socket.get(), &kRecorded, 1));
  return false;
}

std::optional<audit::Entry> entry_of(std::string_view judgement) {
  const auto value = core::json::parse(core::as_bytes(judgement), kSmall);
  if (!value || value->as_object() == nullptr) return std::nullopt;
  audit::Entry entry{.event = audit::Event::kJudged};
  for (const auto& [name, member] : *value->as_object()) {
    const std::string* text = member.as_string();
    const Value::Array* items = member.as_array();
    if (name == "items" && items != nullptr) {
      for (const Value& item : *items) {
        if (item.as_string() == nullptr || !is_word(*item.as_string())) return std::nullopt;
      }
      entry.detail.set("items", *items);
    } else if (text == nullptr || !is_word(*text)) {
      return std::nullopt;
    } else if (name == "submission") {
      entry.subject = *text;
    } else if (std::ranges::find(kTexts, name) != kTexts.end()) {
      entry.detail.set(name, *text);
    } else {
      return std::nullopt;
    }
  }
  if (entry.subject.empty()) return std::nullopt;
  const bool judged = entry.detail.find("payload") != nullptr;
  if (judged == (entry.detail.find("reason") != nullptr)) return std::nullopt;
  entry.outcome = judged ? audit::Outcome::kDone : audit::Outcome::kFailed;
  return entry;
}

}  // namespace heyan::worker
