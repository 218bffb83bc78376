// Checks the output of the three builds that invoker.properties names: all examples, on each backend.
def log = new File(basedir, 'build.log').text
['ejml', 'ojalgo', 'nd4j'].each { assert log.contains("backend $it ") && log.contains("found $it: ") }
// A dependent gets the OpenBLAS that is right, not the one that ND4J names.
assert log.contains("with OpenBLAS ${openBlasVersion},")

// The same lines whichever backend, apart from those that name it.
def runs = log.split("== from arrays\n").drop(1)
assert runs.size() == 3
def common = runs.collect { run -> run.readLines().takeWhile { it != '== choosing a backend' } }
assert common.toSet().size() == 1

// Each example says what it is to show.
def lines = common[0]
// Shop i gains i, as drawn: each of eleven intervals is a 95 % interval, so at most one may miss.
def intervals = lines.findAll { it ==~ /shop \d+: .*interval.*/ }
assert intervals.size() == 11
assert intervals.count { line ->
    def (shop, low, high) = (line =~ /shop (\d+): .* interval (-?[\d.]+) to (-?[\d.]+),/)[0].drop(1)*.toDouble()
    low <= shop && shop <= high
} >= 10
assert lines.contains('shop 11: not estimable, never treated in a period with an outcome')
assert lines.any { it.startsWith('high dose: average ATE ') && it.endsWith('in 20 of 20 patients') }
assert lines.any { it.startsWith("refused: only one unit, 'a'") }
assert lines.any { it.startsWith('refused: treatment never varies between units within a period') }
assert lines.contains('from the file the same double as from memory: true')
def (rowAverage, ate) = (lines.find { it.startsWith('row average ') } =~ /row average ([\d.]+), ATE ([\d.]+)/)[0].drop(1)
assert rowAverage == ate
assert lines.any { it ==~ /shop 11, never treated, week 1 without treatment: (49|50|51)\.\d; with: not estimable/ }
assert lines.contains('1 prediction, for shop 11; a prediction is no estimate')
// On a confounded panel the factor model is near the truth.
assert ((lines.find { it.startsWith('simulated: ') } =~ /RMSE ([\d.]+),/)[0][1] as double) < 0.2
assert log.contains("refused: no backend named 'abacus' is on the class path")
