// Checks the output of the three builds that invoker.properties names.
def log = new File(basedir, 'build.log').text
['ejml', 'ojalgo', 'nd4j'].each { assert log.contains("backend $it ") && log.contains("found $it: ") }
// The same numbers whichever backend: 40 effects, three times the same line.
def effects = log.readLines().findAll { it.startsWith('effects ') }
assert effects.size() == 3 && effects.toSet().size() == 1
assert effects[0].split(' ').length == 41
// A dependent gets the OpenBLAS that is right, not the one that ND4J names.
assert log.contains("with OpenBLAS ${openBlasVersion},")
