// An adapter that was added as a folder is found, and does its work.
#include <gtest/gtest.h>

#include <array>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters {
namespace {

struct Sent {
  explicit Sent(std::string_view text) : message(core::as_bytes(text)) {
    request.message = &message;
    request.settings = &settings;
    request.parts = parts;
  }
  std::string photo_text = "photo";
  contents::MemorySource photo{core::as_bytes(photo_text)};
  std::array<Part, 1> parts = {Part{"photo", "p.jpg", "image/jpeg", &photo}};
  contents::MemorySource message;
  Settings settings;
  Request request;
};

TEST(TinyAdapter, IsFoundByItsName) {
  ASSERT_NE(find("tiny"), nullptr);
  EXPECT_EQ(find("tiny")->id(), "tiny");
  EXPECT_EQ(find("tin"), nullptr);
  EXPECT_EQ(find(""), nullptr);
}

TEST(TinyAdapter, MakesAFiling) {
  const Sent sent("(2026)1\nphoto\n");
  const auto filing = find("tiny")->decode(sent.request, {});
  ASSERT_TRUE(filing.has_value());
  EXPECT_EQ(filing->submission.evidence(0).file().path(), "files/1");
  EXPECT_EQ(std::get<std::size_t>(filing->files.at(0).from), 0U);
}

TEST(TinyAdapter, RefusesWhatItDoesNotKnow) {
  for (const std::string_view text :
       {"", "one line", "a\nphoto", "a\nphoto\nmore\n", "a\nsong\n"}) {
    const Sent sent(text);
    const auto filing = find("tiny")->decode(sent.request, {});
    ASSERT_FALSE(filing.has_value()) << text;
    EXPECT_EQ(find("tiny")->reject(sent.request, filing.error()).status, 422);
  }
}

}  // namespace
}  // namespace heyan::court_adapters
