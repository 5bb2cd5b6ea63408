// Build step: embed FOLDER OUTPUT writes the tables of FOLDER as C++ source, or says what is wrong
// in them and fails.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "schemas/catalogue/generator.h"

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: embed FOLDER OUTPUT\n", stderr);
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
  std::ofstream out(argv[2], std::ios::binary | std::ios::trunc);
  out << result.source;
  out.close();
  if (!out) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
    return 1;
  }
  return 0;
}
