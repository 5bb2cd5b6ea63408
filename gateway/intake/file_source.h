// An open file as what an archive is read from. Any thread.
#pragma once

#include "gateway/os/folder.h"
#include "verifier/contents/zip.h"

namespace heyan::intake {

class FileSource final : public contents::ByteSource {
 public:
  explicit FileSource(os::OpenFile file) : file_(std::move(file)) {}
  std::uint64_t size() const override { return file_.size(); }
  const os::Descriptor& descriptor() const { return file_.descriptor(); }
  core::Result<std::size_t> read_at(std::uint64_t offset,
                                    std::span<std::uint8_t> out) const override;

 private:
  os::OpenFile file_;
};

}  // namespace heyan::intake
