#include "gateway/worker/stored_case.h"

#include "gateway/os/folder.h"

namespace heyan::worker {

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

core::Result<os::FileReading> StoredCase::read(std::string_view path, os::ByteSink& sink) {
  HEYAN_TRY(const int index, index_of(path));
  v1::JudgeAsks ask;
  ask.set_open_file(static_cast<std::uint32_t>(index));
  HEYAN_CHECK_OK(front_.send(ipc::MessageType::kJudgeAsks, ask));
  HEYAN_TRY(auto got, front_.receive_with_descriptor<v1::JudgeGets>(
                          ipc::MessageType::kJudgeGets, ipc::within(std::chrono::seconds(60))));
  if (!got.descriptor.is_open()) {
    return core::fail(core::ErrorCode::kIo, "the stored file cannot be opened");
  }
  HEYAN_TRY(const os::FileState state, os::state_of(got.descriptor));
  return os::OpenFile(std::move(got.descriptor), state).read_all(sink);
}

}  // namespace heyan::worker
