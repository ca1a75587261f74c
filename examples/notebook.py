# %% [markdown]
# # A study in a notebook
#
# This file is a notebook in plain Python: Jupyter (with Jupytext), VS Code and Spyder open it cell by cell,
# `python examples/notebook.py` runs it from top to bottom.

# %%
from pathlib import Path

from dualeco_cli import backtest, compare, explain, explanation_frames, load_study, score

HERE = Path(__file__).parent if "__file__" in globals() else Path("examples")
study = load_study(HERE / "practices.xlsx")

# %% [markdown]
# ## The ranking
#
# Practices without a rank have a class that says why, and NaN is never a zero.

# %%
result = score(study, "bremen", samples=2000, seed=0)
ranking = result.practices[["practice", "rank", "class", "score", "lower", "upper", "coverage"]]
print(ranking.to_string(index=False))

# %%
figure = result.figure("ranking")  # a notebook shows it; .svg and .png() are its files
print(figure.title if figure else "nothing to draw")

# %% [markdown]
# ## How firm it is
#
# The share of the draws in which each practice has each rank, and how often one practice beats another.

# %%
ranks = result.ranks.pivot_table(index="practice", columns="rank", values="share", sort=False)
print(ranks.round(2).to_string())

# %%
wins = result.wins.pivot_table(index="practice", columns="other", values="share", sort=False)
print(wins.round(2).to_string())

# %% [markdown]
# ## Where the points come from
#
# Contributions of the indicators add up to the score (with full compensation).

# %%
known = result.indicators.query("status == 'known'")
points = known.pivot_table(index="practice", columns="dimension", values="contribution", aggfunc="sum")
print(points.round(1).to_string())

# %% [markdown]
# ## One practice in full
#
# What is missing, what holds it up, and which unknown could change its class.

# %%
explained = explanation_frames(explain(study, "tkgune", "bremen", samples=0))
print(explained["gaps"].head().to_string(index=False))
print(explained["questions"].head().to_string(index=False))

# %% [markdown]
# ## What the choice of a method does
#
# The same study with a geometric mean and with all possible weightings.

# %%
strict = score(study, "bremen", compensation="partial", samples=0).practices
anyhow = score(study, "bremen", weights="any", samples=2000).practices
side = ranking.merge(strict[["practice", "score"]], on="practice", suffixes=("", "_partial")).merge(
    anyhow[["practice", "p05", "p95"]], on="practice"
)
print(side[["practice", "score", "score_partial", "p05", "p95"]].round(1).to_string(index=False))

# %% [markdown]
# ## Regions side by side, and what became of it

# %%
everywhere = score(study, "all", samples=0).practices
print(everywhere.pivot_table(index="practice", columns="target", values="score").round(1).to_string())
alike = compare(study, samples=0).similarity
print(f"Bremen and Lombardy: {alike['bremen', 'lombardy'].value:.2f}")

# %%
looking_back = backtest(study).hindsight
print(looking_back.note)
