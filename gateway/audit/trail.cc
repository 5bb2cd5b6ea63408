#include "gateway/audit/trail.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "gateway/audit/lock.h"
#include "gateway/os/folder.h"
#include "verifier/core/text.h"

namespace heyan::audit {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;
using std::chrono::days;

constexpr std::chrono::milliseconds kSlewed{1000};
// Between the beginnings of two files. More than that was a clock that leapt, or a gateway that
// stood still: neither makes the records before it old.
constexpr core::UtcTime::duration kLongestStep = days(62);
constexpr std::size_t kTextCharacters = 160;

core::Error cannot(std::string_view what) { return {ErrorCode::kIo, what}; }

bool of_one_month(core::UtcTime a, core::UtcTime b) {
  const auto month = [](core::UtcTime time) {
    const std::chrono::year_month_day date(std::chrono::floor<days>(time));
    return date.year() / date.month();
  };
  return month(a) == month(b);
}

Result<os::Descriptor> open_at(const std::filesystem::path& path, int flags) {
  os::Descriptor file(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) return std::unexpected(cannot("a file of the audit trail cannot be opened"));
  return file;
}

// A record is never lost, and nothing aborts, for a text in it that is not UTF-8.
Value writable(const Value& value) {
  if (const std::string* text = value.as_string()) {
    return core::is_utf8(*text) ? value : Value(core::visible(*text, kTextCharacters));
  }
  if (const Value::Array* all = value.as_array()) {
    Value array{Value::Array{}};
    for (const Value& one : *all) array.push(writable(one));
    return array;
  }
  if (const Value::Object* members = value.as_object()) {
    Value object{Value::Object{}};
    for (const auto& [name, one] : *members) object.set(name, writable(one));
    return object;
  }
  return value;
}

Result<core::Bytes> new_name() {
  core::Bytes name(kTrailBytes);
  if (::getrandom(name.data(), name.size(), 0) != static_cast<ssize_t>(name.size())) {
    return std::unexpected(cannot("the system has no randomness"));
  }
  return name;
}

}  // namespace

Result<std::unique_ptr<Trail>> Trail::open(TrailSettings settings) {
  std::unique_ptr<Trail> trail(new Trail(std::move(settings)));
  HEYAN_CHECK_OK(trail->lock_folder());
  HEYAN_CHECK_OK(trail->start());
  return trail;
}

Result<void> Trail::lock_folder() {
  HEYAN_TRY(lock_, lock_trail(settings_.folder));
  HEYAN_TRY(folder_, open_at(settings_.folder, O_RDONLY | O_DIRECTORY));
  return {};
}

Result<void> Trail::start() {
  HEYAN_TRY(std::vector<std::uint64_t> segments, segments_in(settings_.folder));
  // One that a crash left without a whole record never began.
  while (!segments.empty()) {
    HEYAN_TRY(const bool read, read_last(segments.back()));
    if (read) break;
    const std::filesystem::path unfinished = settings_.folder / segment_name(segments.back());
    if (::unlink(unfinished.c_str()) != 0) {
      return std::unexpected(cannot("an unfinished file of the audit trail cannot be removed"));
    }
    segments.pop_back();
  }
  if (!segments.empty()) {
    HEYAN_TRY(const core::UtcTime now, time_now());
    HEYAN_CHECK_OK(forget_old(now));
  } else {
    HEYAN_TRY(trail_, new_name());
    HEYAN_CHECK_OK(begin_segment(settings_.now()));
  }
  head_ = head_now(Event::kSegment);
  return {};
}

Head Trail::head_now(Event last) const {
  return {settings_.writer, trail_, chain_.next - 1, chain_.sha256, chain_.sm3, last};
}

// The last file, to its end. False: it holds no whole record.
Result<bool> Trail::read_last(std::uint64_t first) {
  constexpr core::Error kChanged{ErrorCode::kChanged,
                                 "the audit trail is not as it was written; keep its folder, "
                                 "and see docs/audit.md"};
  HEYAN_TRY(const std::string bytes, read_segment(settings_.folder, first));
  std::string_view rest = bytes;
  auto line = next_line(rest);
  if (!line) return false;
  const auto beginning = decode(*line);
  if (!beginning || beginning->seq != first || beginning->writer != settings_.writer) {
    return std::unexpected(kChanged);
  }
  trail_ = trail_in(*beginning);
  began_ = beginning->at;
  chain_ = Chain::before(*beginning);
  chain_.last = began_;
  if (trail_.empty()) return std::unexpected(kChanged);
  for (; line; line = next_line(rest)) {
    if (!chain_.follow(*line)) return std::unexpected(kChanged);
  }
  HEYAN_TRY(file_, open_at(settings_.folder / segment_name(first), O_WRONLY | O_APPEND));
  size_ = bytes.size() - rest.size();
  if (rest.empty()) return true;
  if (::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
    return std::unexpected(cannot("an unfinished line of the audit trail cannot be cut off"));
  }
  Entry mended{.event = Event::kMended};
  mended.detail.set("bytes", std::uint64_t{rest.size()});
  HEYAN_CHECK_OK(append(mended));
  return true;
}

Result<void> Trail::begin_segment(core::UtcTime now) {
  const std::filesystem::path path = settings_.folder / segment_name(chain_.next);
  ::unlink(path.c_str());  // what failed to begin
  HEYAN_TRY(os::Descriptor file, open_at(path, O_WRONLY | O_APPEND | O_CREAT | O_EXCL));
  std::swap(file, file_);
  const std::uint64_t size_before = std::exchange(size_, 0);
  Entry begins{.event = Event::kSegment};
  begins.detail.set("trail", core::to_hex(trail_));
  const auto begun = write_lines(std::span(&begins, 1), now);
  if (!begun) {
    file_ = std::move(file);
    size_ = size_before;
    ::unlink(path.c_str());  // or before it is begun again
    return begun;
  }
  began_ = now;
  folder_to_be_synced_ = true;
  return go_on();
}

// Said before it is done: what a crash leaves is an older file too many.
Result<void> Trail::forget_old(core::UtcTime now) {
  HEYAN_TRY(const std::vector<std::uint64_t> segments, segments_in(settings_.folder));
  // The last record of a file is as old as the first of the next.
  core::UtcTime::duration age{0};
  core::UtcTime after = now;
  std::size_t old = segments.size() - 1;
  for (; old > 0; --old) {
    HEYAN_TRY(const Record first, first_record(settings_.folder, segments[old]));
    age += std::clamp(after - first.at, core::UtcTime::duration(0), kLongestStep);
    after = first.at;
    if (age >= settings_.keep) break;
  }
  if (old == 0) return {};
  Entry shortened{.event = Event::kShortened};
  shortened.detail.set("first", segments[old])
      .set("keepDays", static_cast<std::int64_t>(settings_.keep.count()));
  HEYAN_CHECK_OK(write_lines(std::span(&shortened, 1), now));
  for (std::size_t i = 0; i < old; ++i) {
    const std::filesystem::path file = settings_.folder / segment_name(segments[i]);
    if (::unlink(file.c_str()) != 0) {
      return std::unexpected(cannot("an old file of the audit trail cannot be removed"));
    }
  }
  return {};
}

Result<void> Trail::append(std::span<const Entry> entries) {
  if (entries.empty()) return {};
  Call call{.entries = entries};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&call);
  written_.wait(lock, [&] { return call.done || !writing_; });
  if (call.done) return call.outcome;
  // One of those who wait writes for all.
  writing_ = true;
  const std::vector<Call*> calls = std::exchange(waiting_, {});
  lock.unlock();
  Result<void> outcome = write(calls);
  lock.lock();
  writing_ = false;
  if (outcome) head_ = head_now(calls.back()->entries.back().event);
  for (Call* each : calls) {
    each->outcome = outcome;
    each->done = true;
  }
  written_.notify_all();
  return outcome;
}

// After something that failed.
Result<void> Trail::go_on() {
  if (to_be_cut_ && ::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) {
    return std::unexpected(cannot("the audit trail cannot be written"));
  }
  to_be_cut_ = false;
  if (folder_to_be_synced_ && ::fsync(folder_.get()) != 0) {
    return std::unexpected(cannot("the folder of the audit trail does not reach the disk"));
  }
  folder_to_be_synced_ = false;
  return {};
}

// What is written next is not before what was, unless it is said that the clock went back.
Result<core::UtcTime> Trail::time_now() {
  core::UtcTime now = settings_.now();
  if (now < chain_.last && chain_.last - now <= kSlewed) now = chain_.last;
  if (now < chain_.last) {
    Entry back{.event = Event::kClockBack};
    back.detail.set("from", core::format_rfc3339(chain_.last));
    HEYAN_CHECK_OK(write_lines(std::span(&back, 1), now));
  }
  return now;
}

Result<void> Trail::write(std::span<Call* const> calls) {
  HEYAN_CHECK_OK(go_on());
  HEYAN_TRY(const core::UtcTime now, time_now());
  if (size_ >= settings_.segment_bytes || !of_one_month(began_, now)) {
    HEYAN_CHECK_OK(begin_segment(now));
    HEYAN_CHECK_OK(forget_old(now));
  }
  std::vector<Entry> entries;
  for (const Call* call : calls) {
    entries.insert(entries.end(), call->entries.begin(), call->entries.end());
  }
  return write_lines(entries, now);
}

Result<void> Trail::write_lines(std::span<const Entry> entries, core::UtcTime now) {
  const Chain before = chain_;
  std::string bytes;
  for (Entry entry : entries) {
    entry.actor = core::visible(entry.actor, kTextCharacters);
    entry.subject = core::visible(entry.subject, kTextCharacters);
    entry.detail = writable(entry.detail);
    Record record{.seq = chain_.next,
                  .at = now,
                  .writer = settings_.writer,
                  .entry = std::move(entry),
                  .sha256_before = chain_.sha256,
                  .sm3_before = chain_.sm3};
    std::string line = encode(record);
    // Nobody could read it again: whoever was asked something so long is recorded without it.
    if (line.size() > kLineBytes) {
      record.entry.detail = core::json::Value();
      record.entry.detail.set("leftOut", std::uint64_t{line.size()});
      line = encode(record);
    }
    chain_.take(line, now);
    bytes += line + '\n';
  }
  const auto written = write_bytes(bytes);
  if (!written) chain_ = before;
  return written;
}

// The disk is full or fails: nothing of it stays, and the next attempt may go well. What was on the
// disk before is there, and what is written then is written anew.
std::unexpected<core::Error> Trail::take_back(const char* what) {
  const std::unexpected<core::Error> error(cannot(what));
  to_be_cut_ = ::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0;
  return error;
}

Result<void> Trail::write_bytes(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = ::write(file_.get(), bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      return take_back("the audit trail cannot be written");
    }
    done += static_cast<std::size_t>(count);
  }
  if (::fdatasync(file_.get()) != 0) return take_back("the audit trail does not reach the disk");
  size_ += bytes.size();
  return {};
}

Head Trail::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

}  // namespace heyan::audit
