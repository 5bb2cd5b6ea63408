#include "gateway/worker/stored_case.h"

#include "gateway/os/folder.h"
#include "verifier/crypto/digest.h"

namespace heyan::worker {
namespace {

// Longer than the front waits for a file that lies in a bucket.
constexpr std::chrono::seconds kFilePatience{600};
// Longer than it waits for four boxes, one after the other; besides, for the file.
constexpr std::chrono::seconds kBoxPatience{kFilePatience + std::chrono::seconds(330)};

constexpr std::string_view kNotAsReceived = "it has not the size that was received";

// What goes by, and its SHA-256.
class Hashed final : public os::ByteSink {
 public:
  explicit Hashed(os::ByteSink& sink) : sink_(sink) {}
  std::span<std::uint8_t> space() override { return space_ = sink_.space(); }
  core::Result<void> commit(std::size_t count) override {
    hasher_->update(core::ByteView(space_).first(count));
    return sink_.commit(count);
  }
  core::Bytes finish() { return hasher_->finish(); }

 private:
  os::ByteSink& sink_;
  std::span<std::uint8_t> space_;
  std::unique_ptr<crypto::Hasher> hasher_ = crypto::openssl_hasher(crypto::Hash::kSha256);
};

}  // namespace

core::Result<int> StoredCase::index_of(std::string_view path) const {
  for (int i = 0; i < files_.size(); ++i) {
    if (files_.Get(i).path() == path) return i;
  }
  return core::fail(core::ErrorCode::kNotFound, "there is no such file");
}

core::Result<std::uint64_t> StoredCase::size_of(std::string_view path) {
  HEYAN_TRY(const int index, index_of(path));
  return files_.Get(index).size();
}

core::Result<os::OpenFile> StoredCase::open(std::string_view path) {
  HEYAN_TRY(const int index, index_of(path));
  v1::JudgeAsks ask;
  ask.set_open_file(static_cast<std::uint32_t>(index));
  // A front that is gone, or an answer that does not read, is no file that the case lacks.
  const auto sent = front_.send(ipc::MessageType::kJudgeAsks, ask);
  if (!sent) return core::fail(core::ErrorCode::kIo, sent.error().text);
  auto got = front_.receive_with_descriptor<v1::JudgeGets>(ipc::MessageType::kJudgeGets,
                                                           ipc::within(kFilePatience));
  if (!got) return core::fail(core::ErrorCode::kIo, got.error().text);
  if (!got->descriptor.is_open()) {
    return core::fail(core::ErrorCode::kIo, "the stored file cannot be opened");
  }
  HEYAN_TRY(const os::FileState state, os::state_of(got->descriptor));
  return os::OpenFile(std::move(got->descriptor), state);
}

core::Result<os::FileReading> StoredCase::read(std::string_view path, os::ByteSink& sink) {
  HEYAN_TRY(const int index, index_of(path));
  HEYAN_TRY(const os::OpenFile file, open(path));
  Hashed hashed(sink);
  auto read = file.read_all(hashed);
  if (!read && file.size() != files_.Get(index).size()) {
    return core::fail(core::ErrorCode::kChanged, kNotAsReceived);
  }
  HEYAN_TRY(os::FileReading reading, std::move(read));
  // Its times alone change where the same bytes are filed once more, or get another name.
  if (reading.changed) {
    reading.changed = !core::equal(hashed.finish(), core::as_bytes(files_.Get(index).sha256()));
  }
  return reading;
}

bool StoredCase::is_as_received(std::string_view path, core::ByteView bytes) const {
  const auto index = index_of(path);
  return index && core::equal(crypto::sha256(bytes), core::as_bytes(files_.Get(*index).sha256()));
}

std::optional<v1::ContentFacts> StoredCase::look_into(std::string_view path,
                                                      const v1::LookInto& request) {
  const auto index = index_of(path);
  if (!index) return std::nullopt;
  v1::JudgeAsks ask;
  ask.mutable_look_into()->set_file(static_cast<std::uint32_t>(*index));
  *ask.mutable_look_into()->mutable_algorithms() = request.algorithms();
  ask.mutable_look_into()->set_name(request.name());
  if (!front_.send(ipc::MessageType::kJudgeAsks, ask)) return std::nullopt;
  auto gets =
      front_.receive<v1::JudgeGets>(ipc::MessageType::kJudgeGets, ipc::within(kBoxPatience));
  if (!gets || !gets->has_contents()) return std::nullopt;
  return std::move(*gets->mutable_contents());
}

}  // namespace heyan::worker
