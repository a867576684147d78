// Zip files made by hand, for tests of what reads workbooks.

#pragma once

#include <zip.h>

#include <map>
#include <stdexcept>
#include <string>

namespace luytre::tables::testing {

using Parts = std::map<std::string, std::string>;

inline std::string zipped(const Parts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  if (!archive) throw std::runtime_error("no archive in memory");
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) throw std::runtime_error("not added");
  }
  if (zip_close(archive) != 0) throw std::runtime_error("not closed");
  if (zip_source_open(target) != 0) throw std::runtime_error("not read back");
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string out(stat.size, '\0');
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

// The parts of a small workbook; `data` is what stands inside of <sheetData>.
inline Parts workbook(const std::string& data) {
  return {
      {"_rels/.rels", R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
                      Target="xl/workbook.xml"/></Relationships>)"},
      {"xl/workbook.xml", R"(<x:workbook xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets>
        <x:sheet name="hidden" sheetId="1" state="hidden" r:id="rId1"/><x:sheet name="list" sheetId="2" r:id="rId2"/>
        </x:sheets></x:workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>)"},
      {"xl/styles.xml", R"(<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <numFmts count="1"><numFmt numFmtId="164" formatCode="dd\/mm\/yyyy;@"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>)"},
      {"xl/sharedStrings.xml", R"(<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
        <si><t>Nguyễn Văn An</t></si><si><r><t>Trần, </t></r><r><t>Thị Bình</t></r><rPh><t>x</t></rPh></si></sst>)"},
      {"xl/worksheets/sheet2.xml",
       "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>" + data +
           "</sheetData></worksheet>"},
  };
}

}  // namespace luytre::tables::testing
