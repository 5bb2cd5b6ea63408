// Submissions that arrive piece by piece: the case first, then its files by resumable upload, and
// acceptance when the last byte is there.
//
// What is acknowledged: below an upload's offset every byte is on the disk, and survives any crash.
// That is no receipt of the submission: it is logged and receipted when all has arrived, with the
// time of that moment. What stays unfinished expires. Threat: a client that reserves and never
// sends, or sends twice at once, or whose connection died and does not look it; so bytes are
// counted when an upload begins, on the disk too, where no reservation stops those who file
// otherwise; and an upload has one writer (security decision 24): of two requests of its owner the
// later one goes on, once the earlier has let go. Any thread.
//
// The bytes lie in this gateway's folder, whoever shares the store: where they are another's,
// nothing is received here and nothing accepted, and kElsewhere says so.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "gateway/service/acceptance.h"

namespace heyan::service {

class Receiver;

// Of a kChanged: ask the gateway at which the submission was begun.
inline constexpr std::string_view kElsewhere =
    "the bytes of this submission lie at another gateway: ask the one at which it was begun";

// Of a kIo: it would fill the disk.
inline constexpr std::string_view kNoRoom = "the disk has no room for this file; try again later";

// One request's turn at an upload. Not for two threads at once; must not outlive the Receiver.
class UploadWriter {
 public:
  UploadWriter(UploadWriter&& other) noexcept;
  UploadWriter& operator=(UploadWriter&&) = delete;
  ~UploadWriter();

  std::uint64_t offset() const { return offset_; }  // after what was appended
  std::uint64_t size() const { return upload_.size; }
  bool complete() const { return upload_.complete; }
  // Another request of the same owner waits for this turn: it is to end as soon as it can. Any
  // thread.
  bool is_wanted() const { return turn_->wanted; }

  // What the whole file must be; kept with the bytes of the next commit(). kDuplicate: something
  // else was announced before.
  core::Result<void> expect(const core::Bytes& sha256);
  // kLimit beyond the size; kChanged: its submission has expired. Now and then it puts off when
  // that expires, for what arrives may be long in coming to a commit().
  core::Result<void> append(core::ByteView bytes);
  // What was appended is on the disk, and stays. At the end of the file: kNotCanonical where it is
  // not what was announced; the file is then awaited anew, by another upload.
  core::Result<void> commit();
  // What was appended since the last commit() never came. Its room stays reserved.
  core::Result<void> discard();

 private:
  friend class Receiver;
  struct Turn {
    std::string submission;  // once it is known
    std::atomic<bool> wanted = false;
  };
  UploadWriter(Receiver& receiver, store::Upload upload, std::shared_ptr<const Turn> turn)
      : receiver_(&receiver),
        upload_(std::move(upload)),
        offset_(upload_.offset),
        turn_(std::move(turn)) {}
  core::Result<core::Bytes> digest();
  core::Result<void> keep_alive();

  Receiver* receiver_;
  store::Upload upload_;
  std::uint64_t offset_;
  std::shared_ptr<const Turn> turn_;
  os::Descriptor file_;
  std::unique_ptr<crypto::Hasher> hasher_;  // of all bytes up to offset_; may be nothing
};

class Receiver {
 public:
  struct Settings {
    std::filesystem::path folder;       // on the vault's file system
    std::chrono::milliseconds life{0};  // after the last byte
    // Other gateways receive what stands in the store, too. What expired at one that is gone is
    // forgotten so long after its time by whoever is there.
    bool shared = false;
    std::chrono::milliseconds others_late = std::chrono::hours(1);
    std::chrono::milliseconds others_turn = std::chrono::seconds(30);  // with what one received
    // Of these accounts alone, if it is not empty: what others received of any other is left to
    // others, and nothing of it is logged or recorded here. Called now and then for each.
    std::function<bool(const std::string& account)> others_of{};
    // Uploads between two requests whose digests go on where they were; of any other the file is
    // read again at its end. At least one.
    std::size_t most_digesting = 1000;
    std::function<std::int64_t()> now_ms;
    std::function<std::chrono::steady_clock::time_point()> steady = std::chrono::steady_clock::now;
    // May the disk, as full as it is, be filled with so many bytes more? Empty: as long as it takes
    // them.
    std::function<bool(std::uint64_t bytes)> has_room{};
    std::function<void()> accepted;  // called after a submission was accepted; may be empty
    // Called when one that is whole could not be accepted; it is tried again. May be empty.
    std::function<void(const std::string& submission, const core::Error& error)> not_accepted;
  };

  // Makes the folder, and goes on where an earlier process ended. kIo.
  static core::Result<std::unique_ptr<Receiver>> start(Settings settings, Acceptance acceptance);
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  // `staged` holds case.json alone. The id of the submission: that of an earlier request with the
  // same key where there was one. Errors as accept().
  std::expected<std::string, Refused> begin(const std::string& id, const Staged& staged,
                                            const v1::Session& session,
                                            const store::IdempotencyKey& key);

  // The new upload's id; that of the one there is, as it was begun, where the same is begun again
  // by whom its answer did not reach (find_begun). `metadata`: the client's own, kept for it.
  // Errors as Store::begin_upload; kNoRoom; kElsewhere.
  core::Result<std::string> begin_upload(const store::Scope& scope, const std::string& submission,
                                         const std::string& path, std::uint64_t size,
                                         const core::Bytes& expected, const std::string& metadata);
  // kElsewhere where it is not complete.
  core::Result<std::optional<store::Upload>> find(const store::Scope& scope,
                                                  const std::string& upload);
  // kNotFound; kElsewhere; kDuplicate: another request is at it, which is told that it is wanted
  // (UploadWriter::is_wanted): try again in a moment. Where this returns a writer there is no
  // other, and its offset is what the one before left.
  core::Result<UploadWriter> open(const store::Scope& scope, const std::string& upload);
  // The file is awaited again. kChanged: it is complete.
  core::Result<void> drop(UploadWriter writer);

  std::uint64_t largest_file() const { return with_.limits.file_bytes; }

 private:
  friend class UploadWriter;
  struct Digesting {
    std::string submission;
    std::uint64_t offset = 0;
    std::unique_ptr<crypto::Hasher> hasher;
    std::uint64_t number = 0;  // of those that were left, in their order
  };

  Receiver(Settings settings, Acceptance acceptance)
      : settings_(std::move(settings)), with_(acceptance) {}
  std::filesystem::path folder_of(const std::string& submission) const;
  // Of no upload: the case.
  std::filesystem::path file_of(const std::string& submission, const std::string& upload) const;
  std::int64_t end_of_life() const;
  bool is_here(const std::string& submission) const;
  core::Result<void> expect_here(const store::Upload& upload) const;
  bool may_accept(const store::Receiving& received) const;
  std::expected<std::string, Refused> begin_alone(const std::string& id, const Staged& staged,
                                                  const v1::Session& session,
                                                  const store::IdempotencyKey& key);
  core::Result<store::Acceptance> begin_row(const store::NewReceiving& receiving);
  void accept_if_whole(const std::string& submission);
  core::Result<void> accept_whole(const std::string& submission);
  core::Result<std::string> begin_once(const store::Scope& scope, const store::NewUpload& upload);
  core::Result<store::Upload> find_begun(const store::Scope& scope, const store::NewUpload& again,
                                         const core::Error& refused);
  core::Result<void> reserve(const os::Descriptor& file, std::uint64_t bytes);
  core::Result<void> let_go(const store::Upload& upload);
  core::Result<store::Upload> find_own(const store::Scope& scope, const std::string& id);
  core::Result<std::shared_ptr<UploadWriter::Turn>> enter(const store::Scope& scope,
                                                          const std::string& id);
  bool is_written(const std::string& submission);
  void release(UploadWriter& writer);
  core::Result<void> clean();
  void remember_unsure(const std::string& submission);
  void remove_unsure();
  void sweep();
  void work(const std::stop_token& stop);

  Settings settings_;
  Acceptance with_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<UploadWriter::Turn>> writing_;  // of uploads; under mutex_
  std::map<std::string, Digesting> digesting_;  // uploads that nobody writes just now; likewise
  std::uint64_t digested_ = 0;                  // how many were left there; likewise
  // Whose rows were asked for and not answered, and since when; at most kMostUnsure; likewise.
  std::map<std::string, std::chrono::steady_clock::time_point> unsure_;
  std::mutex reserving_;  // held from looking at the disk to taking of it
  // Each held while a file is begun whose name has that hash.
  std::array<std::mutex, 64> beginning_;
  std::condition_variable_any waiting_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace heyan::service
