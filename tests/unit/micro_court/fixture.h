// A filing of the national platform, changed in places, with parts, and what is made of it.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::micro_court::testing {

using Changes = std::vector<std::pair<std::string, std::string>>;

inline std::string vector_text(const std::string& name) {
  std::ifstream in(HEYAN_VECTORS "/courts/cn/zxfw/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The text with the first place of each `from` changed; a change that finds nothing fails the test.
inline std::string changed(std::string text, const Changes& changes) {
  for (const auto& [from, to] : changes) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) text.replace(at, from.size(), to);
  }
  return text;
}

// A request that owns its bytes.
class Message {
 public:
  explicit Message(std::string text) : text_(std::move(text)), source_(core::as_bytes(text_)) {
    settings_["allowed_hosts"] = {"zxfy2-oss.example.court.test"};
  }
  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

  void add(std::string name, std::string bytes, std::string file_name = {}) {
    const std::string& kept = texts_.emplace_back(std::move(bytes));
    const auto& source = sources_.emplace_back(core::as_bytes(kept));
    parts_.push_back({std::move(name), std::move(file_name), "text/plain", &source});
  }
  // Bytes for the files of the published filing's evidence slot.
  Message& with_files() {
    for (const std::string name : {"证据一-网页截图打印件.pdf", "证据二-侵权页面截图.png",
                                   "证据三-通话录音.wav", "证据四-授权合同.docx"}) {
      add(name, "bytes");
    }
    return *this;
  }
  Request request() const {
    Request request;
    request.message = &source_;
    request.parts = parts_;
    request.received_at_ms = 1'772'640'000'000;  // 2026-03-05T00:00:00+08:00
    request.settings = &settings_;
    return request;
  }
  std::expected<Filing, std::vector<Defect>> decode() const {
    return find("micro_court")->decode(request(), {});
  }

 private:
  std::string text_;
  contents::MemorySource source_;
  std::deque<std::string> texts_;
  std::deque<contents::MemorySource> sources_;
  std::vector<Part> parts_;
  Settings settings_;
};

// "code pointer" of each defect; of a filing that is taken, "remark item code" of each remark.
inline std::vector<std::string> told(const Message& message) {
  std::vector<std::string> list;
  const auto filing = message.decode();
  if (!filing) {
    for (const Defect& defect : filing.error()) list.push_back(defect.code + " " + defect.pointer);
    return list;
  }
  for (const Remark& one : filing->remarks) list.push_back("remark " + one.item + " " + one.code);
  return list;
}
inline std::vector<std::string> told_after(const Changes& changes,
                                           const std::string& file = "valid-civil.json") {
  return told(Message(changed(vector_text(file), changes)).with_files());
}

}  // namespace heyan::court_adapters::micro_court::testing
