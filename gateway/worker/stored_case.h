// The files of a submission as the judge gets them: one descriptor at a time, asked for by index.
// For judge.cc.
#pragma once

#include <optional>

#include "gateway/intake/case_source.h"
#include "gateway/ipc/channel.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::worker {

class StoredCase final : public intake::CaseSource {
 public:
  // `files`: JudgeJob.files. Both outlive it.
  StoredCase(ipc::Channel& front, const google::protobuf::RepeatedPtrField<v1::StoredFile>& files)
      : front_(front), files_(files) {}

  // As the front received it.
  core::Result<std::uint64_t> size_of(std::string_view path) override;
  // `changed`: it did while it was read, and what was read is not what the front received.
  core::Result<os::FileReading> read(std::string_view path, os::ByteSink& sink) override;
  core::Result<os::OpenFile> open(std::string_view path) override;

  // What a box says of the file's content, as the front relays it; nothing where none was asked.
  std::optional<v1::ContentFacts> look_into(std::string_view path, const v1::LookInto& request);

 private:
  core::Result<int> index_of(std::string_view path) const;
  // Of what is judged by, nothing but what the front received is read: a disk, or somebody, may
  // have changed it since, and then it is no word of the party's. An evidence file that was changed
  // is measured as it is, and the report says so.
  bool is_as_received(std::string_view path, core::ByteView bytes) const override;

  ipc::Channel& front_;
  const google::protobuf::RepeatedPtrField<v1::StoredFile>& files_;
};

}  // namespace heyan::worker
