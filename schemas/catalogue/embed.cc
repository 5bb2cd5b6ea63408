// Build step: embed FOLDER SOURCE LABELS writes the tables of FOLDER as C++ source and the ids of
// the labels as a header, or says what is wrong in them and fails.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "schemas/catalogue/generator.h"

namespace {

// A file that is already so is left alone: what includes it need not be compiled again.
bool write(const char* path, const std::string& text) {
  std::ifstream old(path, std::ios::binary);
  if (old && std::string(std::istreambuf_iterator<char>(old), {}) == text) return true;
  old.close();
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) std::fprintf(stderr, "%s: cannot be written\n", path);
  return static_cast<bool>(out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: embed FOLDER SOURCE LABELS\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  std::map<std::string, std::string> tables;
  for (const std::string& file : heyan::catalogue::table_files()) {
    std::ifstream in(folder / file, std::ios::binary);
    if (!in) {
      std::fprintf(stderr, "%s/%s:1: cannot be read\n", folder.c_str(), file.c_str());
      return 1;
    }
    tables[file] = std::string(std::istreambuf_iterator<char>(in), {});
  }
  const heyan::catalogue::Generated result = heyan::catalogue::generate(tables);
  for (const std::string& defect : result.defects) {
    std::fprintf(stderr, "%s/%s\n", folder.c_str(), defect.c_str());
  }
  if (!result.defects.empty()) return 1;
  return write(argv[2], result.source) && write(argv[3], result.labels) ? 0 : 1;
}
