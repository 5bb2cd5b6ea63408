#include "verifier/uploads/upload.h"

#include <algorithm>
#include <array>

#include "verifier/contents/file_type.h"
#include "verifier/uploads/file_kinds.h"
#include "verifier/uploads/office.h"
#include "verifier/uploads/pdf_names.h"
#include "verifier/uploads/pictures.h"

namespace heyan::uploads {
namespace {

using core::Result;

std::string lowered(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

// Type and subtype alone (RFC 9110 8.3.1).
std::string type_of(std::string_view declared) {
  std::string type = lowered(declared.substr(0, declared.find(';')));
  std::erase_if(type, [](char c) { return c == ' ' || c == '\t'; });
  return type;
}

// What text is by its beginning: pages and pictures that act when they are opened.
std::string_view active_text(core::ByteView head) {
  constexpr std::size_t kBeginning = 1024;
  const std::string text = lowered(core::as_text(head).substr(0, kBeginning));
  if (text.contains("<svg")) return "image/svg+xml";
  for (const std::string_view page : {"<html", "<!doctype html", "<script", "<iframe"}) {
    if (text.contains(page)) return "text/html";
  }
  return {};
}

class Check {
 public:
  Check(const Upload& upload, const UploadRules& rules) : upload_(upload), rules_(rules) {}

  Result<CheckedUpload> run() {
    HEYAN_TRY(const core::Bytes head, contents::read_some(*upload_.bytes, 0, contents::kHeadBytes));
    const std::string_view sniffed = contents::media_type_of(head);
    const std::string_view active =
        sniffed == contents::kText ? active_text(head) : std::string_view();
    found_.media_type = std::string(active.empty() ? sniffed : active);
    const FileKind* const kind = kind_of(upload_.file_name);
    if (kind == nullptr) {
      mark(Mark::kTypeNotAllowed);
    } else {
      compare(*kind, sniffed, active);
    }
    HEYAN_CHECK_OK(look(kind, head, sniffed));
    found_.judgement = judgement_of(found_.marks);
    found_.thumbnail =
        found_.judgement != Judgement::kReject && !found_.marks.contains(Mark::kPixelLimit);
    return std::move(found_);
  }

 private:
  void mark(Mark mark) { found_.marks.insert(mark); }

  void compare(const FileKind& kind, std::string_view sniffed, std::string_view active) {
    const std::string declared = type_of(upload_.declared_type);
    const bool says = !declared.empty() && declared != "application/octet-stream";
    if (says && !lists(kind.declared, declared)) mark(Mark::kTypeMismatch);
    if (!kind.sniffed.empty() && !lists(kind.sniffed, sniffed)) mark(Mark::kTypeMismatch);
    if (kind.sniffed.empty() && sniffed == "application/x-dosexec") mark(Mark::kTypeMismatch);
    // A page by its content is one for whoever guesses, whatever its name.
    if (!active.empty() && !lists(kind.extensions, "eml")) mark(Mark::kActiveContent);
  }

  Result<void> look(const FileKind* kind, core::ByteView head, std::string_view sniffed) {
    if (sniffed == contents::kPdf) return look_at_pdf(head);
    if (sniffed == contents::kZip) {
      look_at_zip(kind);
      return {};
    }
    const auto picture = look_at_picture(*upload_.bytes, sniffed);
    if (!picture) {
      mark(Mark::kMalformed);
    } else if (*picture) {
      if ((*picture)->pixels > rules_.most_pixels) mark(Mark::kPixelLimit);
      if ((*picture)->trailing) mark(Mark::kTrailingData);
    }
    return {};
  }

  // ISO 32000-2 7.5.2: it begins with "%PDF-"; what stands before could be another file as well.
  Result<void> look_at_pdf(core::ByteView head) {
    if (!core::as_text(head).starts_with("%PDF-")) mark(Mark::kTypeMismatch);
    HEYAN_TRY(const PdfNames names, read_pdf_names(*upload_.bytes));
    if (!names.ended) mark(Mark::kMalformed);
    if (names.active) mark(Mark::kActiveContent);
    if (names.encrypted) mark(Mark::kEncrypted);
    if (names.trailing) mark(Mark::kTrailingData);
    return {};
  }

  void look_at_zip(const FileKind* kind) {
    if (kind == nullptr) return;
    if (lists(kind->extensions, "zip")) {
      found_.marks.merge(check_archive(*upload_.bytes, rules_.archives).marks);
      return;
    }
    Office office = look_at_office(*upload_.bytes);
    found_.marks.merge(office.marks);
    constexpr std::array<std::string_view, 3> kOffice = {"docx", "xlsx", "pptx"};
    const bool is_office = std::ranges::any_of(
        kOffice, [&](std::string_view one) { return lists(kind->extensions, one); });
    if (is_office && !lists(kind->extensions, office.extension)) mark(Mark::kTypeMismatch);
    if (!office.extension.empty()) found_.media_type = main_type(office.extension);
  }

  static std::string main_type(std::string_view extension) {
    const FileKind* const kind = kind_of("x." + std::string(extension));
    const std::string_view first = kind->declared.substr(1);
    return std::string(first.substr(0, first.find(' ')));
  }

  const Upload& upload_;
  const UploadRules& rules_;
  CheckedUpload found_;
};

}  // namespace

Result<CheckedUpload> check_upload(const Upload& upload, const UploadRules& rules) {
  return Check(upload, rules).run();
}

}  // namespace heyan::uploads
