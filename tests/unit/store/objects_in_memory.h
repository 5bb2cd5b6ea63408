// A bucket of the test's own: what was put lies in it as it came, and the test may change it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/os/nameless_file.h"
#include "gateway/store/objects.h"
#include "gateway/store/stored_bytes.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {

class ObjectsInMemory final : public Objects {
 public:
  explicit ObjectsInMemory(std::filesystem::path temporaries)
      : temporaries_(std::move(temporaries)) {}

  std::string where() const override { return "https://s3.court.example/evidence/"; }
  core::Result<void> put(const std::string& name, const os::Descriptor& file, std::uint64_t size,
                         core::ByteView sha256, Until until) override {
    asked.push_back("put");
    put_until = until;
    core::Bytes bytes(size + 1);
    HEYAN_TRY(const std::size_t count, read_on(file, bytes));
    bytes.resize(count);
    EXPECT_EQ(count, size);
    EXPECT_EQ(crypto::sha256(bytes), core::to_bytes(sha256));
    if (away) return core::fail(core::ErrorCode::kIo, "away");
    kept[name] = core::to_string(bytes);
    return {};
  }
  core::Result<os::Descriptor> get(const std::string& name) override {
    asked.push_back("get");
    HEYAN_CHECK_OK(look(name));
    HEYAN_TRY(os::NamelessFile file, os::NamelessFile::create_in(temporaries_, 1u << 30));
    core::ByteView left = core::as_bytes(kept.at(name));
    while (!left.empty()) {
      const std::size_t count = std::min(left.size(), file.space().size());
      std::ranges::copy(left.first(count), file.space().begin());
      HEYAN_CHECK_OK(file.commit(count));
      left = left.subspan(count);
    }
    HEYAN_TRY(os::OpenFile written, std::move(file).take());
    return written.take_descriptor();
  }
  core::Result<void> find(const std::string& name) override {
    asked.push_back("find");
    return look(name);
  }
  core::Result<void> remove(const std::string& name) override {
    asked.push_back("remove");
    if (away) return core::fail(core::ErrorCode::kIo, "away");
    kept.erase(name);
    return {};
  }

  std::map<std::string, std::string> kept;
  std::vector<std::string> asked;
  bool away = false;
  Until put_until;  // of the last one

 private:
  core::Result<void> look(const std::string& name) const {
    if (away) return core::fail(core::ErrorCode::kIo, "away");
    if (!kept.contains(name)) return core::fail(core::ErrorCode::kNotFound, "absent");
    return {};
  }
  std::filesystem::path temporaries_;
};

}  // namespace heyan::store
