#include "verifier/transparency/note.h"

#include <gtest/gtest.h>

#include <functional>
#include <sstream>

#include "tests/unit/transparency/vectors.h"
#include "verifier/transparency/checkpoint.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;
using test::Checker;
using test::read_file;

constexpr std::string_view kBob = "— bob UwKQOg==";  // no more than a key id

NoteVerifier verifier_of(const crypto::SigningKey& key, std::string_view name) {
  return NoteVerifier::make(name, NoteKeyType::kEd25519, key.public_key()).value();
}

// A note of our own, signed by one key under two names.
class OwnNote : public testing::Test {
 protected:
  std::expected<std::vector<NoteSigner>, NoteFault> verify(const Note& note) {
    Checker checker;
    return verify_note(note, known_, checker);
  }
  NoteFault fault(const Note& note) {
    const auto signers = verify(note);
    EXPECT_FALSE(signers);
    return signers ? NoteFault::kBudget : signers.error();
  }

  const std::string text_ = "one\n\ntwo\n";
  const crypto::SigningKey key_ =
      crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  const std::vector<NoteVerifier> known_ = {verifier_of(key_, "log"), verifier_of(key_, "twin")};
  const std::string bytes_ = sign_note(text_, "log", key_).value();
  const Note note_ = parse_note(bytes_).value();
};

ErrorCode refusal(std::string_view bytes) {
  const auto note = parse_note(bytes);
  EXPECT_FALSE(note) << bytes;
  return note ? ErrorCode::kInternal : note.error().code;
}

TEST(NoteVectors, AreJudgedAsTheyMustBe) {
  std::size_t skipped = 0;
  for (const auto& line : test::cases("note-open")) {
    const std::string id = test::text(line, "/id");
    const std::string bytes = read_file(test::text(line, "/inputs/file"));
    std::vector<NoteVerifier> known;
    for (const auto& vkey : *line.at("/inputs/vkeys")->as_array()) {
      auto verifier = NoteVerifier::parse(*vkey.as_string());
      if (verifier) {
        known.push_back(*std::move(verifier));
      } else {  // ML-DSA-44
        EXPECT_EQ(verifier.error().code, ErrorCode::kUnsupported);
        ++skipped;
      }
    }
    const auto note = parse_note(bytes);
    ASSERT_TRUE(note) << id;
    EXPECT_EQ(encode_note(*note), bytes);
    Checker checker;
    const auto signers = verify_note(*note, known, checker);
    EXPECT_EQ(signers.has_value(), test::text(line, "/expect") == "accept") << id;
    if (id == "checkpoint-all-keys") {
      EXPECT_EQ(signers.value().size(), 6u);
    }
    if (!signers) {
      EXPECT_EQ(signers.error(), NoteFault::kSignature);
    }
  }
  EXPECT_EQ(skipped, 3u);
}

TEST(NoteVectors, HeadsOfAPublicLog) {
  const std::string all = read_file("sumdb/checkpoints.txt");
  const test::Keys keys = test::read_keys("sumdb/policy.txt");
  constexpr std::string_view kBetween = "\n=====\n";
  std::size_t count = 0;
  Checker checker;
  for (std::size_t begin = 0; begin < all.size();) {
    const std::size_t end = std::min(all.find(kBetween, begin), all.size());
    const auto note = parse_note(std::string_view(all).substr(begin, end - begin));
    ASSERT_TRUE(note) << count;
    EXPECT_TRUE(verify_note(*note, keys.log, checker));
    EXPECT_EQ(encode_checkpoint(parse_checkpoint(note->text).value()), note->text);
    ++count;
    begin = std::min(end + kBetween.size(), all.size());
  }
  EXPECT_GT(count, 10u);
}

TEST_F(OwnNote, IsReadAndVerified) {
  EXPECT_EQ(note_.text, text_);
  EXPECT_EQ(encode_note(note_), bytes_);
  EXPECT_EQ(verify(note_), (std::vector<NoteSigner>{{0, std::nullopt}}));
}

TEST_F(OwnNote, UnknownSignaturesAreIgnored) {
  Note note = note_;
  note.signatures.insert(note.signatures.begin(), 2, {"log", {1, 2, 3, 4}, {0}});  // name alone
  note.signatures.push_back({"stranger", note_.signatures[0].id, {0}});            // id alone
  EXPECT_EQ(verify(note).value().size(), 1u);
  note.signatures.erase(note.signatures.begin() + 2);  // ours
  EXPECT_EQ(fault(note), NoteFault::kUnsigned);
}

TEST_F(OwnNote, EveryBitCounts) {
  for (std::size_t i = 0; i < text_.size(); ++i) {
    Note note = note_;
    note.text[i] = static_cast<char>(note.text[i] ^ 1);
    EXPECT_EQ(fault(note), NoteFault::kSignature) << i;
  }
  for (std::size_t bit = 0; bit < 512; ++bit) {
    Note note = note_;
    note.signatures[0].signature[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    EXPECT_EQ(fault(note), NoteFault::kSignature) << bit;
  }
}

TEST_F(OwnNote, AKnownSignatureOfAnotherLengthVoidsTheNote) {
  for (const std::size_t length : {1u, 32u, 63u, 65u, 72u, 128u}) {
    Note note = note_;
    note.signatures[0].signature.resize(length);
    EXPECT_EQ(fault(note), NoteFault::kSignature) << length;
  }
}

TEST_F(OwnNote, AKnownKeySignsOnce) {
  Note note = note_;
  note.signatures.push_back(note.signatures[0]);
  EXPECT_EQ(fault(note), NoteFault::kDuplicate);
  note.signatures[1].signature[0] ^= 1;
  EXPECT_EQ(fault(note), NoteFault::kDuplicate);
}

TEST_F(OwnNote, OneBadSignatureOfAKnownKeyVoidsTheNote) {
  Note note = note_;
  NoteSignature twin = note.signatures[0];
  twin.name = "twin";
  twin.id = known_[1].id();
  note.signatures.push_back(twin);
  EXPECT_EQ(verify(note).value().size(), 2u);  // the same bytes signed by the same key
  note.signatures[1].signature[5] ^= 4;
  EXPECT_EQ(fault(note), NoteFault::kSignature);
}

TEST_F(OwnNote, KnownKeysMustDiffer) {
  const std::vector<NoteVerifier> twice = {known_[0], known_[1], known_[0]};
  Checker checker;
  EXPECT_EQ(verify_note(note_, twice, checker).error(), NoteFault::kDuplicate);
  EXPECT_EQ(verify_note(note_, {}, checker).error(), NoteFault::kUnsigned);
}

TEST_F(OwnNote, APlainSignatureIsNoCosignature) {
  const auto witness =
      NoteVerifier::make("log", NoteKeyType::kCosignature, key_.public_key()).value();
  Note note = note_;
  note.signatures[0].id = witness.id();
  Checker checker;
  EXPECT_EQ(verify_note(note, std::vector{witness}, checker).error(), NoteFault::kSignature);
  note.signatures[0].signature.insert(note.signatures[0].signature.begin(), 8, 0);
  EXPECT_EQ(verify_note(note, std::vector{witness}, checker).error(), NoteFault::kSignature);
}

TEST_F(OwnNote, CosignaturesCoverTheirTime) {
  const auto witness =
      NoteVerifier::make("w", NoteKeyType::kCosignature, key_.public_key()).value();
  const auto cosigned = [&](std::uint64_t time, std::string_view time_text) {
    const std::string message =
        "cosignature/v1\ntime " + std::string(time_text) + "\n" + note_.text;
    core::Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.push_back(static_cast<std::uint8_t>(time >> shift));
    }
    const auto signature =
        key_.sign({.kind = crypto::SignatureKind::kEd25519}, core::as_bytes(message)).value();
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return Note{note_.text, {{"w", witness.id(), bytes}}};
  };
  Checker checker;
  const auto verify = [&](const Note& note) {
    return verify_note(note, std::vector{witness}, checker);
  };
  EXPECT_EQ(verify(cosigned(1'767'225'600, "1767225600")),
            (std::vector<NoteSigner>{{0, 1'767'225'600}}));
  EXPECT_TRUE(verify(cosigned(~std::uint64_t{0} >> 1, "9223372036854775807")));
  EXPECT_FALSE(verify(cosigned(std::uint64_t{1} << 63, "9223372036854775808")));
  EXPECT_FALSE(verify(cosigned(1'767'225'601, "1767225600")));
  EXPECT_FALSE(verify(cosigned(7, "07")));
  EXPECT_FALSE(verify(cosigned(7, "+7")));
}

TEST_F(OwnNote, ABudgetThatIsSpentProvesNothing) {
  core::Limits limits;
  limits.signatures = 0;
  crypto::SignatureChecker checker(crypto::production_engines(), limits);
  EXPECT_EQ(verify_note(note_, known_, checker).error(), NoteFault::kBudget);
}

TEST_F(OwnNote, GrammarIsStrict) {
  const std::string line = bytes_.substr(text_.size() + 1);
  const std::string base64 = line.substr(line.rfind(' ') + 1);
  const std::string start = text_ + "\n— log ";
  for (const std::string& bad :
       std::vector<std::string>{std::string(),
                                std::string("\n"),
                                std::string("\n\n"),
                                text_,
                                text_ + "\n",
                                text_ + line,
                                line,
                                "\n" + line,
                                bytes_ + "\n",
                                bytes_ + "text\n",
                                bytes_ + " ",
                                bytes_.substr(0, bytes_.size() - 1),
                                text_ + "\n- log " + base64,
                                text_ + "\n– log " + base64,
                                text_ + "\n—log " + base64,
                                text_ + "\n—  log " + base64,
                                text_ + "\n— " + base64,
                                text_ + "\n—  " + base64,
                                text_ + "\n— lo+g " + base64,
                                text_ + "\n— l\u00a0og " + base64,
                                start + " " + base64,
                                start + "\n",
                                start + base64.substr(0, 90) + " \n",
                                start + "AAAAAA==\n",
                                start + "AAAA\n",
                                start + "AAAAAAA\n",
                                start + "AAAAAAB=\n",
                                start + "AAAAA-A=\n",
                                start + "AAAAAAA=\r\n",
                                "a\tb\n\n" + line,
                                "a\r\n\n" + line,
                                std::string("a\0b\n\n", 5) + line,
                                "a\x1f\n\n" + line,
                                "\xff\n\n" + line,
                                "\xc0\x80\n\n" + line,
                                std::string(bytes_).append(kBob).append("\n")}) {
    EXPECT_EQ(refusal(bad), ErrorCode::kMalformed);
  }
  EXPECT_TRUE(parse_note(start + "AAAAAAA=\n"));
  EXPECT_EQ(parse_note("\n\n" + line).value().text, "\n");
}

TEST_F(OwnNote, LimitsAreKept) {
  const std::string line = "— log AAAAAAA=\n";
  std::string many = text_ + "\n";
  for (std::size_t i = 0; i < kNoteSignatures; ++i) many += line;
  EXPECT_TRUE(parse_note(many));
  EXPECT_EQ(refusal(many + line), ErrorCode::kLimit);
  const std::string fill(kNoteBytes - bytes_.size(), 'x');
  EXPECT_TRUE(parse_note(fill + bytes_));
  EXPECT_EQ(refusal(fill + "x" + bytes_), ErrorCode::kLimit);
  EXPECT_TRUE(sign_note(fill + text_, "log", key_));
  EXPECT_EQ(sign_note(fill + "x" + text_, "log", key_).error().code, ErrorCode::kLimit);
}

TEST_F(OwnNote, OnlyNoteTextIsSigned) {
  for (const std::string_view bad : {"", "a", "a\tb\n", "a\r\n", "\xff\n"}) {
    EXPECT_EQ(sign_note(bad, "log", key_).error().code, ErrorCode::kMalformed) << bad;
  }
  for (const std::string_view bad : {"", "l og", "l+og", "log\n"}) {
    EXPECT_EQ(sign_note(text_, bad, key_).error().code, ErrorCode::kMalformed) << bad;
  }
  const auto sm2 = crypto::SigningKey::generate(crypto::KeyAlgorithm::kSm2).value();
  EXPECT_EQ(sign_note(text_, "log", sm2).error().code, ErrorCode::kMalformed);
}

TEST(NoteFaults, HaveNames) {
  EXPECT_EQ(name(NoteFault::kUnsigned), "unsigned");
  EXPECT_EQ(name(NoteFault::kBudget), "budget");
}

}  // namespace
}  // namespace heyan::transparency
