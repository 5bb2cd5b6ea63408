#include "verifier/uploads/file_kinds.h"

#include <array>

namespace heyan::uploads {
namespace {

constexpr std::array kKinds = {
    FileKind{" pdf ", " application/pdf ", " application/pdf "},
    FileKind{" jpg jpeg jpe jfif ", " image/jpeg image/pjpeg ", " image/jpeg "},
    FileKind{" png ", " image/png ", " image/png "},
    FileKind{" gif ", " image/gif ", " image/gif "},
    FileKind{" webp ", " image/webp ", " image/webp "},
    FileKind{" tif tiff ", " image/tiff ", " image/tiff "},
    FileKind{" bmp ", " image/bmp image/x-ms-bmp ", ""},
    FileKind{" heic heif ", " image/heic image/heif ", " image/heic "},
    FileKind{" wav ", " audio/wav audio/x-wav audio/wave audio/vnd.wave ", " audio/wav "},
    FileKind{" mp3 ", " audio/mpeg audio/mp3 ", ""},
    FileKind{" m4a ", " audio/mp4 audio/x-m4a audio/m4a ", " audio/mp4 video/mp4 "},
    FileKind{" amr ", " audio/amr ", ""},
    FileKind{" ogg oga opus ", " audio/ogg application/ogg audio/opus ", " audio/ogg "},
    FileKind{" flac ", " audio/flac audio/x-flac ", " audio/flac "},
    FileKind{" mp4 m4v ", " video/mp4 video/x-m4v audio/mp4 ",
             " video/mp4 audio/mp4 video/quicktime "},
    FileKind{" mov qt ", " video/quicktime ", " video/quicktime video/mp4 "},
    FileKind{" avi ", " video/x-msvideo video/avi video/msvideo ", " video/x-msvideo "},
    FileKind{" mkv webm ", " video/x-matroska video/webm audio/webm ", " video/x-matroska "},
    FileKind{" docx ", " application/vnd.openxmlformats-officedocument.wordprocessingml.document ",
             " application/zip "},
    FileKind{" xlsx ", " application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ",
             " application/zip "},
    FileKind{" pptx ",
             " application/vnd.openxmlformats-officedocument.presentationml.presentation ",
             " application/zip "},
    FileKind{" odt ", " application/vnd.oasis.opendocument.text ", " application/zip "},
    FileKind{" ods ", " application/vnd.oasis.opendocument.spreadsheet ", " application/zip "},
    FileKind{" odp ", " application/vnd.oasis.opendocument.presentation ", " application/zip "},
    FileKind{" ofd ", " application/ofd application/x-ofd ", " application/zip "},
    FileKind{" doc wps ", " application/msword application/wps-office.doc ",
             " application/x-ole-storage application/rtf application/zip "},
    FileKind{" xls et ", " application/vnd.ms-excel ",
             " application/x-ole-storage application/zip "},
    FileKind{" ppt dps ", " application/vnd.ms-powerpoint ",
             " application/x-ole-storage application/zip "},
    FileKind{" rtf ", " application/rtf text/rtf ", " application/rtf "},
    FileKind{" txt text log md ", " text/plain text/markdown ", " text/plain "},
    FileKind{" csv ", " text/csv text/plain application/csv application/vnd.ms-excel ",
             " text/plain "},
    FileKind{" tsv ", " text/tab-separated-values text/plain ", " text/plain "},
    FileKind{" json ", " application/json text/json text/plain ", " text/plain "},
    FileKind{" xml ", " application/xml text/xml ", " text/plain "},
    FileKind{" eml ", " message/rfc822 ", " text/plain "},
    FileKind{" zip ", " application/zip application/x-zip-compressed ", " application/zip "},
    FileKind{" asice sce ", " application/vnd.etsi.asic-e+zip ", " application/zip "},
    FileKind{" asics scs ", " application/vnd.etsi.asic-s+zip ", " application/zip "},
};

}  // namespace

bool lists(std::string_view words, std::string_view word) {
  return !word.empty() && !word.contains(' ') && words.contains(" " + std::string(word) + " ");
}

std::string listed_extensions() {
  std::string all;
  for (const FileKind& kind : kKinds) all += kind.extensions.substr(0, kind.extensions.size() - 1);
  return all.substr(1);
}

const FileKind* kind_of(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  std::string extension(file_name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const FileKind& kind : kKinds) {
    if (lists(kind.extensions, extension)) return &kind;
  }
  return nullptr;
}

}  // namespace heyan::uploads
