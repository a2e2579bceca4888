# The target `docs`: a site of README, docs/ and the library's public headers, in docs/site of the build
# directory. Only where doxygen is; nothing else needs it.
find_package(Doxygen 1.9)
if(NOT DOXYGEN_FOUND)
    return()
endif()
include(InstalledHeaders)
file(GLOB_RECURSE docs_headers "${PROJECT_SOURCE_DIR}/libfacetrack/*.h")
installed_headers(docs_headers "${PROJECT_SOURCE_DIR}" ${docs_headers})
file(GLOB docs_pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/docs/*.md")

set(DOXYGEN_PROJECT_BRIEF "${PROJECT_DESCRIPTION}")
set(DOXYGEN_USE_MDFILE_AS_MAINPAGE "${PROJECT_SOURCE_DIR}/README.md")
set(DOXYGEN_IMAGE_PATH "${PROJECT_SOURCE_DIR}/docs")
set(DOXYGEN_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/docs")
set(DOXYGEN_HTML_OUTPUT site)
set(DOXYGEN_GENERATE_LATEX NO)
set(DOXYGEN_GENERATE_TREEVIEW YES)
set(DOXYGEN_DISABLE_INDEX NO)
set(DOXYGEN_HTML_COLORSTYLE_SAT 40)
set(DOXYGEN_HAVE_DOT NO)
set(DOXYGEN_STRIP_FROM_PATH "${PROJECT_SOURCE_DIR}")
set(DOXYGEN_STRIP_FROM_INC_PATH "${PROJECT_SOURCE_DIR}")
set(DOXYGEN_TOC_INCLUDE_HEADINGS 2)
set(DOXYGEN_EXTRACT_ALL YES)
set(DOXYGEN_JAVADOC_AUTOBRIEF YES)
set(DOXYGEN_AUTOLINK_SUPPORT NO) # words of the pages are not names of classes
set(DOXYGEN_MACRO_EXPANSION YES)
set(DOXYGEN_PREDEFINED FACETRACK_EXPORT= Q_OBJECT= "Q_SIGNALS=signals")
set(DOXYGEN_QUIET YES)
set(DOXYGEN_WARN_IF_UNDOCUMENTED NO)
set(DOXYGEN_FILTER_PATTERNS "*.md=${PROJECT_SOURCE_DIR}/docs/site/headings.py")
set(DOXYGEN_HTML_EXTRA_STYLESHEET "${PROJECT_SOURCE_DIR}/docs/site/site.css")
set(DOXYGEN_HTML_EXTRA_FILES "${PROJECT_SOURCE_DIR}/resources/openapi.yaml"
    "${PROJECT_SOURCE_DIR}/packaging/systemd/facetrack-agentd.service")
set(DOXYGEN_WARN_AS_ERROR FAIL_ON_WARNINGS)
doxygen_add_docs(docs "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/ARCHITECTURE.md"
    "${PROJECT_SOURCE_DIR}/CHANGELOG.md" "${PROJECT_SOURCE_DIR}/packaging/grafana/README.md"
    "${PROJECT_SOURCE_DIR}/tests/README.md" "${PROJECT_SOURCE_DIR}/tests/vm/README.md" ${docs_pages} ${docs_headers}
    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" COMMENT "Making the site in docs/site")
