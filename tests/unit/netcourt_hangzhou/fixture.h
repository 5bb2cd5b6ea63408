// Requests of the published set, changed in places, and a record as somebody files it.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::netcourt_hangzhou::testing {

inline constexpr std::int64_t kNow = 1'772'419'530'123;  // when the requests were made

inline std::string vector_text(const std::string& name) {
  std::ifstream in(HEYAN_VECTORS "/courts/cn/netcourt/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The text with the first `from` changed; one that is not there fails the test.
inline std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The account's key as the setting has it.
inline std::string key_setting() {
  std::string base64;
  const std::string pem = vector_text("account_public.pem");
  for (std::size_t at = 0; at < pem.size();) {
    const std::size_t end = pem.find('\n', at);
    if (pem[at] != '-') base64 += pem.substr(at, end - at);
    at = end == std::string::npos ? pem.size() : end + 1;
  }
  return "COURTTEST1 " + base64;
}

// A record with its parts, which own their bytes.
class Record {
 public:
  explicit Record(std::string request = vector_text("notaryCert-ok.json"))
      : text_(std::move(request)), source_(core::as_bytes(text_)) {
    settings["account_keys"] = {key_setting()};
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;

  Record& add(std::string name, std::string bytes, std::string file_name = {}) {
    const std::string& kept = texts_.emplace_back(std::move(bytes));
    const auto& source = sources_.emplace_back(core::as_bytes(kept));
    parts_.push_back({std::move(name), std::move(file_name), "", &source});
    return *this;
  }
  std::expected<Filing, std::vector<Defect>> decode() const {
    Request request;
    request.path = path;
    request.message = &source_;
    request.parts = parts_;
    request.received_at_ms = kNow + 86'400'000;
    request.settings = &settings;
    return find("netcourt_hangzhou")->decode(request, {});
  }
  // "code pointer" of each defect, or "remark code" of each remark.
  std::vector<std::string> told() const {
    std::vector<std::string> list;
    const auto filing = decode();
    if (!filing) {
      for (const Defect& one : filing.error()) list.push_back(one.code + " " + one.pointer);
      return list;
    }
    for (const Remark& one : filing->remarks) list.push_back("remark " + one.code);
    return list;
  }

  Settings settings;
  std::string path;

 private:
  std::string text_;
  contents::MemorySource source_;
  std::deque<std::string> texts_;
  std::deque<contents::MemorySource> sources_;
  std::vector<Part> parts_;
};

}  // namespace heyan::court_adapters::netcourt_hangzhou::testing
