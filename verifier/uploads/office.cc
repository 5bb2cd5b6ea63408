#include "verifier/uploads/office.h"

#include <array>

#include "verifier/contents/zip.h"
#include "verifier/markup/document.h"
#include "verifier/uploads/archive.h"

namespace heyan::uploads {
namespace {

using core::ByteView;
using core::Result;

constexpr std::uint64_t kMostRelationBytes = 4u << 20;
constexpr std::string_view kRelations =
    "http://schemas.openxmlformats.org/package/2006/relationships";

struct MainPart {
  std::string_view name;
  std::string_view extension;
};
constexpr std::array kMainParts = {MainPart{"word/document.xml", "docx"},
                                   MainPart{"xl/workbook.xml", "xlsx"},
                                   MainPart{"ppt/presentation.xml", "pptx"}};

// Of a relations part: does one draw in something from outside?
Marks look_at_relations(ByteView xml) {
  const auto document = markup::Document::read(xml, {.bytes = kMostRelationBytes});
  if (!document) return {Mark::kMalformed};
  for (const markup::Element& one : document->root().children(kRelations, "Relationship")) {
    const std::string type = one.attribute({}, "Type").value_or("");
    if (one.attribute({}, "TargetMode") == "External" && !type.ends_with("/hyperlink")) {
      return {Mark::kExternalReference};
    }
  }
  return {};
}

}  // namespace

Office look_at_office(const contents::ByteSource& source) {
  Office found;
  core::Limits limits;
  limits.zip_entries = 10'000;
  auto archive = contents::ZipArchive::open(source, limits);
  if (!archive) {
    found.marks.insert(mark_of(archive.error().rule));
    return found;
  }
  for (const MainPart& part : kMainParts) {
    if (archive->find(part.name)) found.extension = part.extension;
  }
  for (std::size_t i = 0; i < archive->entries().size(); ++i) {
    const contents::ZipEntry& entry = archive->entries()[i];
    if (entry.name.ends_with("vbaProject.bin")) found.marks.insert(Mark::kActiveContent);
    if (entry.is_folder || !entry.name.ends_with(".rels")) continue;
    core::Bytes xml;
    const auto read = entry.size > kMostRelationBytes
                          ? core::fail(core::ErrorCode::kLimit, "too large")
                          : archive->read(i, [&](ByteView chunk) -> Result<void> {
                              xml.insert(xml.end(), chunk.begin(), chunk.end());
                              return {};
                            });
    found.marks.merge(read ? look_at_relations(xml) : Marks{Mark::kMalformed});
  }
  return found;
}

}  // namespace heyan::uploads
