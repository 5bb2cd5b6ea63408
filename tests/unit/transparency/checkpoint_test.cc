#include "verifier/transparency/checkpoint.h"

#include <gtest/gtest.h>

#include "tests/unit/transparency/vectors.h"
#include "verifier/transparency/lines.h"
#include "verifier/transparency/note.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;

const std::string kRoot = "ORJAX6SIOpwd1OOn+zRR7nuZbzYHijCoG9KBhwaKR2o=";

TEST(Checkpoint, IsReadAndWritten) {
  const std::string text = "ledger.example/log\n300\n" + kRoot + "\n";
  const auto checkpoint = parse_checkpoint(text);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "ledger.example/log");
  EXPECT_EQ(checkpoint->size, 300u);
  EXPECT_EQ(encode_hash(checkpoint->root), kRoot);
  EXPECT_EQ(encode_checkpoint(*checkpoint), text);
}

TEST(Checkpoint, OriginsMayHoldSpacesAndExtensionsMayFollow) {
  const std::string text = "go.sum database tree\n0\n" + kRoot + "\nfirst\nsecond one\n";
  const auto checkpoint = parse_checkpoint(text);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->extensions, (std::vector<std::string>{"first", "second one"}));
  EXPECT_EQ(encode_checkpoint(*checkpoint), text);
}

TEST(Checkpoint, SizesHaveOneSpelling) {
  for (const char* good : {"0", "1", "10", "9223372036854775807"}) {
    EXPECT_TRUE(parse_checkpoint("o\n" + std::string(good) + "\n" + kRoot + "\n")) << good;
  }
  for (const char* bad : {"", "00", "01", "+1", "-1", "-0", " 1", "1 ", "1.0", "1e3", "0x1", "1_0",
                          "9223372036854775808", "18446744073709551616", "18446744073709551916",
                          "99999999999999999999999", "१", "1\r"}) {
    EXPECT_FALSE(parse_checkpoint("o\n" + std::string(bad) + "\n" + kRoot + "\n")) << bad;
  }
}

TEST(Checkpoint, WhatIsNoCheckpointIsRefused) {
  const std::string good = "o\n1\n" + kRoot + "\n";
  ASSERT_TRUE(parse_checkpoint(good));
  const core::Bytes root = core::from_base64(kRoot).value();
  const std::string shorter = core::to_base64(core::ByteView(root).first(31));
  core::Bytes more = root;
  more.push_back(0);
  for (const std::string& bad : std::vector<std::string>{std::string(),
                                                         std::string("\n"),
                                                         std::string("\n\n\n"),
                                                         std::string("o\n"),
                                                         std::string("o\n1\n"),
                                                         good.substr(0, good.size() - 1),
                                                         good + "\n",
                                                         good + "\nx\n",
                                                         good + "x\n\n",
                                                         good + "x",
                                                         good + "a\tb\n",
                                                         "\n1\n" + kRoot + "\n",
                                                         "o\x01\n1\n" + kRoot + "\n",
                                                         "\xff\n1\n" + kRoot + "\n",
                                                         "o\n\n1\n" + kRoot + "\n",
                                                         "o\n1\n" + shorter + "\n",
                                                         "o\n1\n" + core::to_base64(more) + "\n",
                                                         "o\n1\n\n",
                                                         "o\n1\n" + kRoot.substr(0, 43) + "\n",
                                                         "o\n1\n" + kRoot + "=\n",
                                                         "o\n1\n " + kRoot + "\n",
                                                         "o\n1\n" + kRoot.substr(0, 42) + "p=\n",
                                                         "o\n1\n" + kRoot + "\r\n"}) {
    EXPECT_EQ(parse_checkpoint(bad).error().code, ErrorCode::kMalformed) << bad;
  }
}

TEST(Checkpoint, OnlyCheckpointsAreWritten) {
  const Checkpoint good{"o", 1, {}, {}};
  EXPECT_TRUE(encode_checkpoint(good));
  for (const Checkpoint& bad : std::vector<Checkpoint>{{"", 1, {}, {}},
                                                       {"a\nb", 1, {}, {}},
                                                       {"a\t", 1, {}, {}},
                                                       {"\xff", 1, {}, {}},
                                                       {"o", kMaxTreeSize + 1, {}, {}},
                                                       {"o", 1, {}, {""}},
                                                       {"o", 1, {}, {"a\nb"}}}) {
    EXPECT_EQ(encode_checkpoint(bad).error().code, ErrorCode::kMalformed);
  }
}

// Pairs of signed checkpoints and the proof between them.
TEST(Checkpoint, PairsOfRealLogs) {
  for (const auto& listed : test::cases("checkpoint-pairs-jsonl")) {
    const test::Keys keys = test::read_keys(test::text(listed, "/inputs/policy"));
    std::size_t consistent = 0;
    std::size_t refused = 0;
    for (const auto& line : test::read_json_lines(test::text(listed, "/inputs/file"))) {
      test::Checker checker;
      const Note before = parse_note(test::text(line, "/old")).value();
      const Note after = parse_note(test::text(line, "/new")).value();
      const bool authentic = verify_note(before, keys.log, checker).has_value() &&
                             verify_note(after, keys.log, checker).has_value();
      const Checkpoint old = parse_checkpoint(before.text).value();
      const Checkpoint now = parse_checkpoint(after.text).value();
      const bool holds = authentic && verify_consistency(old.size, old.root, now.size, now.root,
                                                         test::hashes(line, "proof"), checker);
      EXPECT_EQ(holds, test::text(line, "/expect") == "consistent") << test::text(line, "/desc");
      ++(holds ? consistent : refused);
    }
    EXPECT_GE(consistent, 5u);
    EXPECT_GE(refused, 1u);
  }
}

TEST(Checkpoint, EquivocationIsSeen) {
  for (const auto& line : test::cases("equivocation")) {
    const std::vector known = {NoteVerifier::parse(test::text(line, "/inputs/vkey")).value()};
    test::Checker checker;
    const Note a = parse_note(test::read_file(test::text(line, "/inputs/a"))).value();
    const Note b = parse_note(test::read_file(test::text(line, "/inputs/b"))).value();
    EXPECT_TRUE(verify_note(a, known, checker) && verify_note(b, known, checker));
    const Checkpoint first = parse_checkpoint(a.text).value();
    const Checkpoint second = parse_checkpoint(b.text).value();
    EXPECT_EQ(first.origin, second.origin);
    EXPECT_EQ(first.size, second.size);
    EXPECT_FALSE(verify_consistency(first.size, first.root, second.size, second.root, {}, checker));
  }
}

}  // namespace
}  // namespace heyan::transparency
